import { css } from 'lit';

/** The screen of calls. */
export const calls = css`
  .call {
    z-index: 1;
    background:
      radial-gradient(120% 60% at 50% 0, color-mix(in srgb, var(--accent) var(--tint), transparent), transparent),
      var(--surface);
  }
  .call-bar {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    min-height: 60px;
    padding: 10px 12px;
  }
  .call-line {
    padding-left: 8px;
    overflow: hidden;
    color: var(--quiet);
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .call-leave {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    flex: none;
    min-height: 36px;
    padding: 0 14px;
    border: 1px solid var(--edge);
    border-radius: 18px;
    background: var(--surface);
    font-size: 13px;
    font-weight: 600;
  }
  .call-word {
    margin: auto;
    padding: 24px;
    color: var(--quiet);
    text-align: center;
  }
  .call-face {
    --level: 0;
    display: grid;
    place-items: center;
    flex: none;
    width: 96px;
    height: 96px;
    border-radius: 50%;
    background: var(--accent);
    color: var(--on-accent);
    font-size: 34px;
    font-weight: 700;
    box-shadow: 0 0 0 calc(var(--level) * 18px) color-mix(in srgb, var(--accent) 28%, transparent);
    transition: box-shadow 0.1s linear;
  }
  .call-face[data-quiet] {
    background: var(--raised);
    color: var(--quiet);
  }
  .call-face[data-rings] {
    animation: rings 1.8s ease-out infinite;
  }
  @keyframes rings {
    from {
      box-shadow: 0 0 0 0 color-mix(in srgb, var(--accent) 45%, transparent);
    }
    to {
      box-shadow: 0 0 0 22px transparent;
    }
  }
  .call-middle {
    display: grid;
    flex: 1;
    gap: 12px;
    align-content: center;
    justify-items: center;
    min-height: 0;
    padding: 12px 28px;
    overflow: auto;
    text-align: center;
    text-wrap: pretty;
  }
  .call-middle .call-face {
    margin: 22px;
  }
  .call-middle h2 {
    font-size: 22px;
    line-height: 1.25;
    text-wrap: balance;
  }
  .call-middle p {
    max-width: 34ch;
    color: var(--quiet);
  }
  .call-ways {
    display: grid;
    gap: 10px;
    padding: 12px 20px calc(20px + env(safe-area-inset-bottom));
    text-align: center;
  }
  .call-ways :is(.primary, .secondary) {
    min-height: 52px;
    font-size: 16px;
  }
  .call-ways .call-now {
    border-radius: 26px;
    background: #177245;
    color: #fff;
  }
  .call-who {
    display: flex;
    align-items: center;
    gap: 18px;
    padding: 6px 22px 14px;
  }
  .call-who .call-face {
    width: 60px;
    height: 60px;
    font-size: 24px;
  }
  .call-who h2 {
    font-size: 18px;
    line-height: 1.25;
  }
  .call-who p {
    font-variant-numeric: tabular-nums;
  }
  .call-wake {
    margin: 0 16px 10px;
    min-height: 44px;
    border-radius: 12px;
    background: var(--warn-surface);
    color: var(--warn-ink);
    font-weight: 600;
  }
  .call-said {
    display: flex;
    flex: 1;
    flex-direction: column;
    gap: 10px;
    min-height: 64px;
    padding: 14px 22px;
    overflow: auto;
    border-top: 1px solid var(--line);
    font-size: 16px;
    line-height: 1.4;
  }
  .call-said:focus-visible {
    outline-offset: -3px;
  }
  .call-said > :first-child {
    margin-top: auto;
  }
  .call-said p {
    color: var(--quiet);
    animation: appear-soft 0.2s;
  }
  .call-said [data-by='line']:last-of-type,
  .call-said [data-by='line']:nth-last-of-type(2) {
    color: var(--ink);
  }
  /* Once a person is there, nobody asks for keys any more. */
  .call-who:is([data-phase='room'], [data-phase='ended']) ~ .call-said [data-by='line'] {
    color: var(--quiet);
  }
  .call-said [data-by='you'] {
    align-self: flex-end;
    max-width: 86%;
    padding: 5px 12px;
    border-radius: 14px;
    background: color-mix(in srgb, var(--accent) var(--tint), var(--surface));
    color: var(--ink);
  }
  .call-said .so-far {
    opacity: 0.7;
  }
  .call-answer {
    display: grid;
    gap: 10px;
    padding: 10px 16px calc(14px + env(safe-area-inset-bottom));
    border-top: 1px solid var(--line);
    background: var(--surface);
  }
  .call-field {
    display: flex;
    align-items: center;
    gap: 6px;
    padding: 3px 4px 3px 16px;
    border: 1px solid var(--edge);
    border-radius: 23px;
  }
  .call-field:focus-within {
    outline: 2px solid var(--accent-ink);
    outline-offset: 1px;
  }
  .call-field input {
    flex: 1;
    min-width: 0;
    min-height: 38px;
    padding: 0;
    border: 0;
    outline: none;
    background: none;
    font-size: 16px;
  }
  .call-field input::placeholder {
    color: var(--quiet);
    opacity: 1;
  }
  .call-field .round {
    color: var(--accent-ink);
  }
  .call-digits {
    font-size: 22px;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    letter-spacing: 0.12em;
    text-align: center;
    overflow-wrap: anywhere;
  }
  .call-keys {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
    gap: 6px;
  }
  .call-keys button {
    min-height: 46px;
    border-radius: 14px;
    background: var(--raised);
    font-size: 20px;
    font-weight: 600;
  }
  .call-keys button:hover {
    background: color-mix(in srgb, var(--ink) 12%, var(--raised));
  }
  .call-keys button:active {
    background: var(--accent);
    color: var(--on-accent);
  }
  .call-buttons {
    display: flex;
    justify-content: space-around;
    padding-top: 4px;
  }
  .call-buttons button {
    --level: 0;
    display: grid;
    justify-items: center;
    gap: 4px;
    min-width: 84px;
    padding: 2px;
    border-radius: 12px;
    font-size: 12.5px;
  }
  .call-buttons span {
    display: grid;
    place-items: center;
    width: 54px;
    height: 54px;
    border-radius: 50%;
    background: var(--raised);
    box-shadow: 0 0 0 calc(var(--level) * 8px) color-mix(in srgb, #177245 45%, transparent);
  }
  .call-buttons [data-on] span {
    background: var(--ink);
    color: var(--surface);
  }
  .call-buttons .call-end span {
    background: #b3261e;
    color: #fff;
  }
  @media (prefers-reduced-motion: reduce) {
    .call-face[data-rings] {
      animation: none;
    }
  }
  @media (max-height: 600px) {
    .call-keys button {
      min-height: 38px;
    }
    .call-who .call-face {
      width: 44px;
      height: 44px;
    }
  }
`;
