import { css } from 'lit';

/** The list of messages and what stands between them. */
export const conversation = css`
  .scroller {
    flex: 1;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }
  .scroller:focus-visible {
    outline-offset: -3px;
  }
  .stream {
    display: flex;
    flex-direction: column;
    gap: 12px;
    min-height: 100%;
    padding: 16px;
  }
  .log {
    display: flex;
    flex-direction: column;
  }
  .stream > :is(.log, [role='status']):not(:has(*)),
  .stream > :is(linea-chat-introduction, linea-chat-ending):not(:has(*)) {
    display: contents;
  }
  .earlier {
    align-self: center;
  }
  .day,
  .notice {
    color: var(--quiet);
    font-size: 13px;
    text-align: center;
    text-wrap: balance;
  }
  .day {
    margin: 8px 0 14px;
    font-weight: 600;
  }
  .day::first-letter {
    text-transform: uppercase;
  }
  .notice {
    max-width: 34ch;
    margin: 14px auto;
  }
  .typing {
    display: flex;
    align-items: center;
    gap: 10px;
    color: var(--quiet);
    font-size: 13.5px;
  }
  .dots {
    display: flex;
    gap: 4px;
    padding: 10px 12px;
    border-radius: 14px;
    background: var(--raised);
  }
  .dots i {
    width: 6px;
    height: 6px;
    border-radius: 50%;
    background: var(--quiet);
    animation: breathe 1.2s infinite;
  }
  .dots i:nth-child(2) {
    animation-delay: 0.15s;
  }
  .dots i:nth-child(3) {
    animation-delay: 0.3s;
  }
  @keyframes breathe {
    30% {
      transform: translateY(-3px);
      opacity: 0.5;
    }
  }
  .to-end {
    position: absolute;
    bottom: 10px;
    left: 50%;
    display: flex;
    align-items: center;
    gap: 6px;
    min-height: 36px;
    padding: 0 14px;
    border: 1px solid var(--line);
    border-radius: 18px;
    background: var(--surface);
    box-shadow: 0 4px 14px rgb(16 24 40 / 20%);
    white-space: nowrap;
    font-size: 13.5px;
    font-weight: 600;
    transform: translateX(-50%);
  }
  .skeleton {
    display: grid;
    gap: 12px;
  }
  .skeleton span {
    height: 40px;
    border-radius: 14px;
    background: var(--raised);
  }
  .skeleton span:nth-child(2) {
    width: 70%;
  }
  .skeleton span:nth-child(3) {
    width: 45%;
  }
`;
