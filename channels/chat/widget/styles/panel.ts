import { css } from 'lit';

/** The launcher and the panel around the conversation; on a phone the panel is the screen. */
export const panel = css`
  .frame {
    position: fixed;
    z-index: 2147483000;
    bottom: calc(20px + env(safe-area-inset-bottom));
    right: calc(20px + env(safe-area-inset-right));
  }
  .frame[data-side='left'] {
    right: auto;
    left: calc(20px + env(safe-area-inset-left));
  }
  .launcher {
    position: relative;
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 56px;
    padding: 0 22px 0 18px;
    border-radius: 28px;
    background: var(--accent);
    color: var(--on-accent);
    font-size: 16px;
    font-weight: 600;
    box-shadow: var(--shadow);
    transition: transform 0.15s;
  }
  .launcher:hover {
    transform: translateY(-2px);
  }
  .launcher:focus-visible {
    outline: 3px solid var(--accent-ink);
    outline-offset: 3px;
  }
  .badge {
    position: absolute;
    top: -4px;
    right: -4px;
    min-width: 24px;
    padding: 0 6px;
    border: 2px solid var(--surface);
    border-radius: 14px;
    background: #b3261e;
    color: #fff;
    font-size: 13px;
    font-weight: 700;
    line-height: 22px;
    text-align: center;
  }
  .panel {
    position: relative;
    width: min(400px, calc(100vw - 40px));
    height: min(680px, calc(100vh - 40px));
    overflow: hidden;
    border-radius: 20px;
    outline: none;
    background: var(--surface);
    box-shadow: var(--shadow);
    animation: rise 0.18s ease-out;
  }
  .panel-body {
    display: flex;
    flex-direction: column;
    height: 100%;
  }
  linea-chat-messages {
    position: relative;
    display: flex;
    flex: 1;
    min-height: 0;
  }
  linea-chat-header,
  linea-chat-composer,
  linea-chat-introduction,
  linea-chat-ending,
  linea-chat-sheet {
    display: block;
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(12px);
    }
  }
  .announcement,
  .banner,
  .queue-line {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    padding: 7px 16px;
    font-size: 13px;
    text-align: center;
    text-wrap: balance;
  }
  .banner {
    background: var(--warn-surface);
    color: var(--warn-ink);
    /* A line that comes back within a second is not worth a word. */
    animation: appear 0.01s 1s both;
  }
  @keyframes appear {
    from {
      height: 0;
      padding: 0;
      opacity: 0;
    }
  }
  .announcement {
    align-items: flex-start;
    border-bottom: 1px solid var(--line);
    background: var(--warn-surface);
    color: var(--warn-ink);
    text-align: start;
  }
  .announcement svg {
    flex: none;
    margin-top: 2px;
  }
  .queue-line {
    border-bottom: 1px solid var(--line);
    color: var(--quiet);
    font-variant-numeric: tabular-nums;
  }
  .drop {
    position: absolute;
    inset: 12px;
    display: grid;
    place-items: center;
    border: 2px dashed var(--accent-ink);
    border-radius: 14px;
    background: color-mix(in srgb, var(--surface) 92%, transparent);
    font-weight: 600;
    pointer-events: none;
  }
  .sheet {
    position: absolute;
    inset: 0;
    display: flex;
    flex-direction: column;
    background: var(--surface);
    animation: appear-soft 0.12s;
  }
  @keyframes appear-soft {
    from {
      opacity: 0;
    }
  }
  .sheet-bar {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 12px;
    border-bottom: 1px solid var(--line);
    font-size: 16px;
  }
  .sheet-text {
    display: grid;
    align-content: start;
    gap: 12px;
    overflow: auto;
    padding: 16px 20px 24px;
  }
  .sheet-text ul {
    padding-left: 20px;
    list-style: disc;
  }
  .sheet.veil {
    justify-content: flex-end;
    padding: 12px;
    background: rgb(10 14 20 / 55%);
  }
  @media (max-width: 520px), (max-height: 480px) {
    .frame:has(.panel),
    .frame[data-side='left']:has(.panel) {
      inset: 0;
    }
    .panel {
      position: absolute;
      top: var(--screen-top, 0);
      width: 100%;
      height: var(--screen-height, 100dvh);
      border-radius: 0;
      box-shadow: none;
    }
  }
`;
