import { css } from 'lit';

/** What helps to give a place or a photo. */
export const requests = css`
  .bubble:has(linea-chat-folio, .place-picture) {
    width: min(320px, 92%);
    max-width: 92%;
  }
  linea-chat-folio,
  linea-chat-map,
  linea-chat-place,
  linea-chat-request,
  linea-chat-suggestions {
    display: block;
  }
  .request {
    max-width: 100%;
  }
  .request [role='status']:empty {
    display: none;
  }
  .request p {
    margin-top: 8px;
  }
  .choice.with-icon {
    display: inline-flex;
    align-items: center;
    gap: 8px;
  }
  .camera-choice {
    display: none;
  }
  @media (pointer: coarse) {
    .camera-choice {
      display: contents;
    }
  }

  .composer {
    position: relative;
  }
  .suggestions {
    position: absolute;
    z-index: 1;
    bottom: calc(100% - 4px);
    left: 8px;
    right: 8px;
    max-height: 264px;
    overflow-y: auto;
    padding: 6px;
    border: 1px solid var(--line);
    border-radius: 14px;
    background: var(--surface);
    box-shadow: 0 4px 20px rgb(16 24 40 / 22%);
  }
  .suggestions[hidden] {
    display: none;
  }
  .suggestions li {
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 44px;
    padding: 8px 10px;
    border-radius: 9px;
    line-height: 1.3;
    cursor: pointer;
  }
  .suggestions .icon {
    color: var(--quiet);
  }
  .suggestions li:hover {
    background: var(--raised);
  }
  .suggestions [aria-selected='true'] {
    background: color-mix(in srgb, var(--accent) var(--tint), var(--surface));
    outline: 2px solid var(--accent-ink);
    outline-offset: -2px;
  }
`;
