import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { DESIGNER } from './designer.ts';
import { type InboxMessage, NAME } from './message.ts';
import { CopyButton } from './parts.tsx';
import { Tabs, tabId } from './tabs.tsx';
import { tokensIn } from './tokens.ts';

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|\b(?:true|false|null)\b/gi;

function coloured([whole, string, colon]: RegExpExecArray): ComponentChildren {
  const kind = string === undefined ? 'value' : colon === undefined ? 'string' : 'key';
  return (
    <>
      <span class={`json-${kind}`}>{string ?? whole}</span>
      {colon}
    </>
  );
}

const written = (value: unknown): string => JSON.stringify(value, null, 2) ?? 'undefined';

function Json({ message: { payload, about, destination } }: { readonly message: InboxMessage }) {
  const panel = useId();
  const [chosen, choose] = useState(0);
  const parts = [
    { name: 'Message', value: payload },
    ...(about === undefined ? [] : [{ name: 'Event', value: about }]),
  ];
  const text = written(parts[chosen]?.value);
  const name = NAME[destination];
  const designer = DESIGNER[destination];
  return (
    <div class="json">
      <div class="json-head">
        <Tabs
          label={`JSON behind the ${name} message`}
          names={parts.map((part) => part.name)}
          {...{ panel, chosen, choose }}
        />
        <CopyButton what="the JSON that is shown" text={() => text} />
        {designer && (
          <CopyButton
            label={`Copy for ${designer.name}`}
            what={`the ${name} message for the ${designer.name}`}
            text={() => written(designer.part(payload))}
          />
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard has to reach what scrolls. */}
      <pre id={panel} role="tabpanel" aria-labelledby={tabId(panel, chosen)} tabIndex={0}>
        {tokensIn(text, TOKEN, coloured)}
      </pre>
    </div>
  );
}

/** The raw message and the event that it tells, one click away. They are written out only when someone opens them. */
export function JsonView({ message }: { readonly message: InboxMessage }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary class="button small">JSON</summary>
      {isOpen && <Json message={message} />}
    </details>
  );
}
