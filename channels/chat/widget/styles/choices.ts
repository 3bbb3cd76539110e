import { css } from 'lit';

/** Quick answers, and what to do when something was refused. */
export const choices = css`
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-top: 8px;
  }
  .choice {
    min-height: 40px;
    padding: 8px 14px;
    border: 1.5px solid var(--accent-ink);
    border-radius: 20px;
    background: var(--surface);
    color: var(--accent-ink);
    font-weight: 600;
    line-height: 1.25;
    text-align: left;
  }
  .choice:not([aria-disabled='true']):hover {
    background: color-mix(in srgb, var(--accent) 10%, var(--surface));
  }
  .choice[aria-disabled='true'] {
    min-height: 30px;
    padding: 3px 11px;
    border-width: 1px;
    border-color: var(--line);
    color: var(--quiet);
    font-size: 13px;
    font-weight: 400;
  }
  .choice[data-picked] {
    border-color: var(--edge);
    background: var(--raised);
    color: var(--ink);
    font-weight: 600;
  }
  @media (pointer: coarse) {
    .choice:not([aria-disabled='true']) {
      min-height: 44px;
    }
  }
  .refusal {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    padding: 6px 10px;
    border-radius: 10px;
    background: var(--danger-surface);
    color: var(--danger);
    font-size: 13.5px;
  }
  .message .refusal {
    max-width: 86%;
    margin-top: 4px;
  }
  .refusal > span {
    flex: 1 1 12em;
  }
  .message .refusal > span {
    flex-basis: 100%;
  }
  .refusal .link {
    color: inherit;
  }
`;
