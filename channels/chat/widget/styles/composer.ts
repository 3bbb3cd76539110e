import { css } from 'lit';

export const composer = css`
  .composer {
    padding: 8px 12px calc(8px + env(safe-area-inset-bottom));
    border-top: 1px solid var(--line);
  }
  .composer > .refusal {
    margin-bottom: 8px;
  }
  .composer textarea {
    display: block;
    width: 100%;
    min-height: 40px;
    max-height: 136px;
    padding: 9px 8px;
    border: 0;
    border-radius: 10px;
    background: transparent;
    /* Below 16px iOS zooms into the page. */
    font-size: 16px;
    line-height: 1.4;
    resize: none;
  }
  .composer textarea:focus-visible {
    outline: none;
  }
  .composer:has(textarea:focus-visible) {
    box-shadow: inset 0 2px var(--accent-ink);
  }
  textarea::placeholder {
    color: var(--quiet);
    opacity: 1;
  }
  .tools {
    display: flex;
    align-items: center;
    color: var(--quiet);
  }
  .camera {
    display: none;
  }
  @media (pointer: coarse) {
    .camera {
      display: inline-grid;
    }
  }
  .count {
    flex: 1;
    padding: 0 10px;
    font-size: 12.5px;
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
  .count[data-over] {
    color: var(--danger);
    font-weight: 600;
  }
  .send {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 40px;
    padding: 0 14px 0 16px;
    border-radius: 20px;
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
  }
  .send[aria-disabled='true'] {
    background: var(--raised);
    color: var(--quiet);
  }
  @media (pointer: coarse) {
    .send {
      min-height: 44px;
      border-radius: 22px;
    }
  }
  .tray {
    display: grid;
    gap: 6px;
    max-height: 168px;
    margin-bottom: 6px;
    overflow-y: auto;
  }
  .tray-item {
    padding: 6px 6px 6px 8px;
    border: 1px solid var(--line);
    border-radius: 12px;
    color: var(--ink);
    font-size: 13.5px;
  }
  .tray-item[data-refused] {
    border-color: var(--danger);
  }
  .tray-item [role='alert'] {
    color: var(--danger);
  }
  .tray-item img {
    width: 44px;
    height: 44px;
    border-radius: 8px;
    object-fit: cover;
  }
  .tray-item .file-name {
    overflow: hidden;
    text-overflow: ellipsis;
    overflow-wrap: anywhere;
  }
  progress {
    width: 100%;
    height: 6px;
    border: 0;
    border-radius: 3px;
    background: var(--line);
    accent-color: var(--accent-ink);
  }
`;
