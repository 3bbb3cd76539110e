import { css } from 'lit';

/** A case as a card. */
export const folio = css`
  .folio {
    display: grid;
    gap: 10px;
    margin: 0 -4px 4px;
    padding: 14px;
    border: 1px solid var(--line);
    border-radius: 14px;
    background: var(--surface);
  }
  .folio-title {
    font-weight: 600;
    line-height: 1.3;
  }
  .folio-title + .copyable {
    margin-top: -4px;
  }
  .copyable {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 2px 10px;
    width: 100%;
    min-height: 44px;
    padding: 6px 12px;
    border-radius: 10px;
    background: color-mix(in srgb, var(--accent) var(--tint), var(--surface));
    font-variant-numeric: tabular-nums;
    text-align: left;
    user-select: text;
  }
  .copyable:hover {
    background: color-mix(in srgb, var(--accent) calc(var(--tint) + 8%), var(--surface));
  }
  .copyable small {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    font-size: 13px;
    font-weight: 600;
  }
  .folio-number > span {
    font-size: 20px;
    font-weight: 750;
    letter-spacing: 0.01em;
    white-space: nowrap;
  }
  .folio-status {
    display: flex;
    align-items: center;
    gap: 8px;
    color: var(--accent-ink);
  }
  .folio-status small {
    display: block;
    color: var(--quiet);
    font-size: 12.5px;
    line-height: 1.3;
  }
  .folio-status strong {
    font-weight: 700;
  }
  .folio-status:is([data-status='solved'], [data-status='not_ours'], [data-status='rejected']) {
    color: var(--ink);
  }
  .folio-promise {
    font-size: 13.5px;
    line-height: 1.35;
  }
  .folio-promise span {
    display: block;
    color: var(--quiet);
  }
  .folio-promise[data-late] span {
    color: var(--danger);
    font-weight: 600;
  }
  .folio-secret {
    display: grid;
    grid-template-columns: auto 1fr;
    align-items: center;
    gap: 10px;
    font-size: 13.5px;
  }
  .folio-secret .copyable {
    background: var(--raised);
  }
  .folio-key > span {
    font-size: 16px;
    font-weight: 700;
    letter-spacing: 0.06em;
    white-space: nowrap;
  }
  .folio-secret + p {
    margin-top: -4px;
  }
  .folio [role='status']:not(:has(:not(.hidden))):has(.hidden) {
    position: absolute;
  }
`;
