// What is pasted at a sender besides the address. Pure.
import type { SourceWithAddress } from '../../shared/source.ts';
import { curlLine } from '../../shared/try-it.ts';
import type { Guide } from '../../shared/text/setup-guide-text.ts';

/** The lines for a sender, or null when the address is all it needs. */
export function setupSnippet(guide: Guide, address: SourceWithAddress): string | null {
  const url = address.publicUrl ?? address.localUrl;
  switch (guide) {
    case 'alertmanager':
      return [
        'route:',
        '  receiver: tocsin',
        'receivers:',
        '  - name: tocsin',
        '    webhook_configs:',
        `      - url: "${url}"`,
        '        send_resolved: true',
      ].join('\n');
    case 'pagerduty':
      return [`${new URL(url).origin}/v2/enqueue`, `routing_key: ${address.secret}`].join('\n');
    case 'script':
      return [curlLine('universal', 'firing', url), curlLine('universal', 'recovered', url)].join('\n');
    case 'cloudmonitor':
    case 'clustercontrol':
    case 'grafana':
      return null;
  }
}
