import { type ReactNode, useId } from 'react';

interface TickProps {
  readonly text: string;
  /** One sentence about what it does. */
  readonly hint?: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

export function Tick({ text, hint, isOn, onChange }: TickProps): ReactNode {
  const hintId = useId();
  return (
    <div className="tick-row">
      <label className="tick">
        <input
          type="checkbox"
          checked={isOn}
          aria-describedby={hint === undefined ? undefined : hintId}
          onChange={({ target }) => onChange(target.checked)}
        />
        {text}
      </label>
      {hint !== undefined && (
        <p id={hintId} className="quiet small">
          {hint}
        </p>
      )}
    </div>
  );
}
