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
  .ending form {
    display: grid;
    gap: 12px;
  }
  legend {
    padding: 0;
    font-weight: 600;
  }
  .ending .card-actions > * {
    flex: 1 1 auto;
  }
  .stars {
    display: flex;
    justify-content: space-between;
    max-width: 280px;
    margin-top: 4px;
  }
  .stars label {
    position: relative;
    display: grid;
    place-items: center;
    width: 48px;
    height: 48px;
    border-radius: 12px;
    cursor: pointer;
  }
  .stars input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .stars label:has(:focus-visible) {
    outline: 2px solid var(--accent-ink);
  }
  .star {
    color: var(--edge);
    pointer-events: none;
  }
  .star[data-lit] {
    color: var(--accent-ink);
  }
  .star[data-lit] .icon * {
    fill: currentColor;
  }
  .scale {
    display: flex;
    justify-content: space-between;
    max-width: 280px;
  }
`;
