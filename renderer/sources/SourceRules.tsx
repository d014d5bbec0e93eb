import { type ReactNode, useId, useState } from 'react';
import type { Source } from '../../shared/source.ts';
import { gapLengthText } from '../../shared/text/coverage-text.ts';
import { ask } from '../bridge.ts';
import { durationText } from '../controls/time-text.ts';
import { useTexts } from '../controls/texts.ts';
import { PriorityMapEditor } from './PriorityMapEditor.tsx';
import { PriorityPreview } from './PriorityPreview.tsx';
import { changesOf, draftOf, type RulesDraft } from './rules-draft.ts';

const minuteMs = 60_000;
/** What can be chosen (product: life of an alert, 10). */
const closeMinutes: readonly number[] = [60, 240, 1440];
const hourMs = 60 * minuteMs;
/** What is offered; a script may have set another one. */
const expectHours: readonly number[] = [1, 2, 6, 12, 24, 48, 168];

/** Everything a person may say about a source. A draft: nothing changes before it is saved. */
export function SourceRules({ source }: { readonly source: Source }) {
  const { sourcesScreen: t, window, language } = useTexts();
  /** Only what was touched; the rest follows the source. */
  const [edits, setEdits] = useState<Partial<RulesDraft>>({});
  const [outcome, setOutcome] = useState<{ readonly isRefused: boolean; readonly sentence: string } | null>(
    null,
  );
  const draft: RulesDraft = { ...draftOf(source), ...edits };
  const changes = changesOf(source, draft);
  const isChanged = Object.keys(changes).length > 0;
  const edit = (some: Partial<RulesDraft>): void => {
    setEdits((before) => ({ ...before, ...some }));
    setOutcome(null);
  };
  const save = (): void => {
    void ask('updateSource', { id: source.id, changes }).then((reply) => {
      if (reply.ok) setEdits({});
      setOutcome(
        reply.ok
          ? { isRefused: false, sentence: t.saved }
          : { isRefused: true, sentence: window.refused(reply.error.message) },
      );
    });
  };
  const closes = [
    ...new Set([...closeMinutes, ...(source.closeAfterMinutes === null ? [] : [source.closeAfterMinutes])]),
  ];
  const expectations = [
    ...new Set([...expectHours, ...(source.expectEveryHours === null ? [] : [source.expectEveryHours])]),
  ].toSorted((a, b) => a - b);
  return (
    <form
      className="rules"
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged && draft.name.trim() !== '') save();
      }}
    >
      <p className="quiet">{t.rulesText}</p>
      <Field label={t.name}>
        {(id) => (
          <input
            id={id}
            className="field"
            required
            maxLength={80}
            value={draft.name}
            aria-invalid={draft.name.trim() === ''}
            onChange={(event) => edit({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={t.team} help={t.teamHelp}>
        {(id) => (
          <input
            id={id}
            className="field"
            maxLength={80}
            value={draft.team}
            onChange={(event) => edit({ team: event.target.value })}
          />
        )}
      </Field>
      <PriorityMapEditor
        map={draft.priorityMap}
        defaultMap={source.defaultPriorityMap}
        onChange={(priorityMap) => edit({ priorityMap })}
      />
      <PriorityPreview source={source} rules={draft} />
      <Field label={t.noData} help={t.noDataHelp}>
        {(id) => (
          <select
            id={id}
            className="select"
            value={draft.noData}
            onChange={(event) => {
              const noData = (['open', 'list', 'ignore'] as const).find((one) => one === event.target.value);
              if (noData !== undefined) edit({ noData });
            }}
          >
            {(['open', 'list', 'ignore'] as const).map((one) => (
              <option key={one} value={one}>
                {t.noDataChoice[one]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t.close} help={t.closeHelp}>
        {(id) => (
          <select
            id={id}
            className="select"
            value={draft.closeAfterMinutes ?? ''}
            onChange={(event) =>
              edit({ closeAfterMinutes: event.target.value === '' ? null : Number(event.target.value) })
            }
          >
            <option value="">{t.closeNever}</option>
            {closes.map((minutes) => (
              <option key={minutes} value={minutes}>
                {t.closeAfter(durationText(language, minutes * minuteMs))}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t.expect} help={t.expectHelp}>
        {(id) => (
          <select
            id={id}
            className="select"
            value={draft.expectEveryHours ?? ''}
            onChange={(event) =>
              edit({ expectEveryHours: event.target.value === '' ? null : Number(event.target.value) })
            }
          >
            <option value="">{t.expectNever}</option>
            {expectations.map((hours) => (
              <option key={hours} value={hours}>
                {t.expectEvery(gapLengthText(language, hours * hourMs))}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t.addresses} help={t.addressesHelp}>
        {(id) => (
          <textarea
            id={id}
            className="field"
            rows={3}
            spellCheck={false}
            value={draft.addresses}
            onChange={(event) => edit({ addresses: event.target.value })}
          />
        )}
      </Field>
      <Field label={t.addressMode}>
        {(id) => (
          <select
            id={id}
            className="select"
            value={draft.addressMode}
            onChange={(event) => edit({ addressMode: event.target.value === 'wall' ? 'wall' : 'hint' })}
          >
            <option value="hint">{t.addressChoice.hint}</option>
            <option value="wall">{t.addressChoice.wall}</option>
          </select>
        )}
      </Field>
      <div className="rules-end">
        <button type="submit" className="button primary" disabled={!isChanged || draft.name.trim() === ''}>
          {t.save}
        </button>
        <button type="button" className="button" disabled={!isChanged} onClick={() => setEdits({})}>
          {t.discard}
        </button>
        <span role="status">{outcome?.isRefused === false ? outcome.sentence : ''}</span>
        <span className="warning-text" role="alert">
          {outcome?.isRefused === true ? outcome.sentence : ''}
        </span>
      </div>
    </form>
  );
}

interface FieldProps {
  readonly label: string;
  readonly help?: string;
  readonly children: (id: string) => ReactNode;
}

function Field({ label, help, children }: FieldProps) {
  const id = useId();
  return (
    <div className="rule">
      <label htmlFor={id}>{label}</label>
      <div>
        {children(id)}
        {help !== undefined && <p className="quiet">{help}</p>}
      </div>
    </div>
  );
}
