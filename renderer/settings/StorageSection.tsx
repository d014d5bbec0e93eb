import { useEffect, useState } from 'react';
import type { Storage } from '../../shared/storage.ts';
import { ask } from '../bridge.ts';
import { useNow } from '../controls/clock.ts';
import { useTexts } from '../controls/texts.ts';
import { storageLines } from './storage-lines.ts';

/** What the store holds and takes up; asked for when it is shown. */
export function StorageSection() {
  const { language, storage: t, window } = useTexts();
  const [storage, setStorage] = useState<Storage | null>(null);
  const [refusal, setRefusal] = useState('');
  useEffect(() => {
    let isShown = true;
    void ask('getStorage', {}).then((reply) => {
      if (!isShown) return;
      if (reply.ok) setStorage(reply.result);
      else setRefusal(window.refused(reply.error.message));
    });
    return () => {
      isShown = false;
    };
  }, [window]);
  const now = useNow();
  return (
    <section className="card storage" aria-label={t.storage}>
      <h2>{t.storage}</h2>
      {storage === null ? (
        <p className="quiet" role="status">
          {refusal === '' ? t.measuring : refusal}
        </p>
      ) : (
        <dl>
          {storageLines(language, storage, now).map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className="quiet">{t.rule}</p>
    </section>
  );
}
