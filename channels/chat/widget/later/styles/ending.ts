import { css } from 'lit';

/** After the end: the rating. */
export const ending = css`
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
