import { css } from 'lit';

export const cards = css`
  .introduction {
    display: grid;
    gap: 14px;
  }
  .hello {
    font-size: 20px;
    line-height: 1.25;
  }
  .hello + .quiet {
    margin-top: -8px;
  }
  .emergency {
    padding: 8px 12px;
    border-left: 3px solid var(--danger);
    font-size: 13.5px;
  }
  .card {
    display: grid;
    gap: 12px;
    padding: 16px;
    border: 1px solid var(--line);
    border-radius: 16px;
    background: var(--surface);
  }
  .card :is(h2, h3) {
    display: flex;
    align-items: center;
    gap: 8px;
    font-size: 15px;
  }
  .card-actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 16px;
  }
  .field {
    display: grid;
    gap: 4px;
  }
  .field label,
  label.field {
    font-weight: 600;
  }
  .field small {
    color: var(--quiet);
    font-weight: 400;
  }
  .card :is(input:not([type='radio']), textarea) {
    width: 100%;
    min-height: 44px;
    padding: 9px 12px;
    border: 1px solid var(--edge);
    border-radius: 10px;
    background: var(--surface);
    font-size: 16px;
  }
  .card [aria-invalid='true'] {
    border-color: var(--danger);
  }
  .wrong {
    color: var(--danger);
    font-size: 13.5px;
  }
  .wrong:empty {
    display: none;
  }
`;
