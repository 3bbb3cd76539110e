import { css } from 'lit';

/** A message: who, what, when, and how far it got. */
export const bubbles = css`
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
  .tray-item {
    display: flex;
    align-items: center;
    gap: 10px;
  }
  .file {
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
`;
