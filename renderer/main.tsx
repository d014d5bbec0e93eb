import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './theme/tokens.css';
import './theme/base.css';
import './theme/controls.css';
import './alerts/alerts.css';
import './alerts/row.css';
import './alerts/detail.css';
import './sources/pages.css';
import './sources/sources.css';
import './deliveries/deliveries.css';
import './coverage/coverage.css';
import './tunnel/tunnel.css';
import './settings/settings.css';
import './setup/setup.css';
import { App } from './App.tsx';
import { ask, onPush } from './bridge.ts';
import { createLiveStore } from './live-store.ts';

const store = createLiveStore(() => ask('watch', {}), onPush);
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App store={store} />
    </StrictMode>,
  );
}
