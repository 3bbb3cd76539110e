import { css } from 'lit';

export const messages = css`
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
  .message {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    margin-top: 3px;
  }
  .message[data-starts] {
    margin-top: 12px;
  }
  .day + .message {
    margin-top: 0;
  }
  .mine {
    align-items: flex-end;
  }
  .sender {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-bottom: 5px;
    color: var(--quiet);
    font-size: 13px;
    font-weight: 600;
  }
  .bubble {
    max-width: 86%;
    padding: 8px 12px 6px;
    border-radius: 4px 16px 16px 4px;
    background: var(--raised);
    overflow-wrap: anywhere;
  }
  .theirs[data-starts] .bubble {
    border-top-left-radius: 16px;
  }
  .mine .bubble {
    border-radius: 16px 4px 4px 16px;
    background: color-mix(in srgb, var(--accent) var(--tint), var(--surface));
  }
  .mine[data-starts] .bubble {
    border-top-right-radius: 16px;
  }
  .bubble[data-refused] {
    outline: 1px solid var(--danger);
  }
  .bubble > :not(.meta, .hidden) + :not(.meta) {
    margin-top: 6px;
  }
  .text {
    white-space: pre-wrap;
  }
  .text a {
    text-underline-offset: 3px;
    font-weight: 600;
  }
  .meta {
    display: flex;
    align-items: center;
    justify-content: flex-end;
    gap: 4px;
    margin-top: 2px;
    color: var(--quiet);
    font-size: 11.5px;
    font-variant-numeric: tabular-nums;
  }
  .mine :is(.meta, small) {
    color: inherit;
  }
  .mark svg {
    display: block;
    overflow: visible;
  }
  .mark :is(path, circle) {
    fill: none;
    stroke: currentColor;
    stroke-width: 1.7;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .mark :is(.clock, .cross, .tick) {
    display: none;
  }
  .mark:is([data-mark='waiting'], [data-mark='sending']) .clock,
  .mark:is([data-mark='refused'], [data-mark='failed']) .cross,
  .mark:is([data-mark='stored'], [data-mark='delivered'], [data-mark='read']) .tick {
    display: inline;
  }
  .mark[data-mark='stored'] .second {
    display: none;
  }
  .mark[data-mark='read'] {
    color: var(--accent-ink);
  }
  .mark:is([data-mark='refused'], [data-mark='failed']) {
    color: var(--danger);
  }
  .file,
  .place,
  .tray-item {
    display: flex;
    align-items: center;
    gap: 10px;
  }
  .file,
  .place {
    min-height: 44px;
    text-decoration: none;
  }
  .file-name {
    display: grid;
    flex: 1;
    min-width: 0;
    font-weight: 600;
    line-height: 1.3;
  }
  .file-name small {
    color: var(--quiet);
    font-size: 12.5px;
    font-weight: 400;
  }
  .photo {
    display: block;
    margin: -2px -6px 4px;
  }
  .photo img {
    display: block;
    width: 240px;
    max-width: 100%;
    height: 180px;
    border-radius: 11px;
    background: var(--line);
    object-fit: cover;
  }
  .place-pin {
    display: grid;
    place-items: center;
    width: 44px;
    height: 44px;
    border-radius: 10px;
    background: color-mix(in srgb, var(--accent) var(--tint), var(--surface));
    color: var(--accent-ink);
  }
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
