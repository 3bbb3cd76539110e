import { css, unsafeCSS } from 'lit';

/** What the accent has to be readable on. */
export const lightSurface = '#ffffff';
export const darkSurface = '#171b22';

/** Colours and what everything is made of. The accent comes from the city; other colour is only for state. */
export const base = css`
  :host {
    all: initial;
    --surface: ${unsafeCSS(lightSurface)};
    --raised: #f3f4f6;
    --line: #d9dde3;
    --edge: #858d99;
    --ink: #161a20;
    --quiet: #545c69;
    --danger: #b3261e;
    --danger-surface: #fdeceb;
    --warn-ink: #5c4300;
    --warn-surface: #fdf1cf;
    --accent-ink: var(--accent-on-light);
    --tint: 15%;
    /* The ring sets it off from a page in the same colour. */
    --shadow: 0 0 0 1px rgb(255 255 255 / 30%), 0 12px 40px rgb(16 24 40 / 26%), 0 2px 8px rgb(16 24 40 / 14%);
    color-scheme: light dark;
    font: 15px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
    color: var(--ink);
  }
  @media (prefers-color-scheme: dark) {
    :host {
      --surface: ${unsafeCSS(darkSurface)};
      --raised: #252b35;
      --line: #363e4a;
      --edge: #7f8997;
      --ink: #eceff3;
      --quiet: #a8b1bf;
      --danger: #ff9a92;
      --danger-surface: #3a1e1e;
      --warn-ink: #fbdf95;
      --warn-surface: #3b3010;
      --accent-ink: var(--accent-on-dark);
      --tint: 30%;
      --shadow: 0 0 0 1px rgb(255 255 255 / 20%), 0 12px 40px rgb(0 0 0 / 60%);
    }
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  h2,
  h3,
  h4,
  p,
  ul,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    font-size: inherit;
    list-style: none;
  }
  button,
  input,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  button {
    border: 0;
    background: none;
    cursor: pointer;
    touch-action: manipulation;
  }
  [aria-disabled='true'] {
    cursor: default;
  }
  a {
    color: inherit;
  }
  :focus-visible {
    outline: 2px solid var(--accent-ink);
    outline-offset: 2px;
  }
  .icon {
    flex: none;
    vertical-align: middle;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .quiet {
    color: var(--quiet);
  }
  .fine {
    font-size: 13px;
  }
  .link {
    min-height: 32px;
    padding: 4px 2px;
    color: var(--accent-ink);
    font-weight: 600;
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .link.inline {
    min-height: 24px;
    padding: 0;
  }
  .primary,
  .secondary {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-height: 40px;
    padding: 8px 16px;
    border-radius: 12px;
    font-weight: 600;
    text-decoration: none;
  }
  .primary {
    background: var(--accent);
    color: var(--on-accent);
  }
  .secondary {
    border: 1px solid var(--edge);
    color: var(--ink);
  }
  .primary:hover {
    filter: brightness(1.08);
  }
  .secondary:hover {
    background: var(--raised);
  }
  .round {
    display: inline-grid;
    place-items: center;
    flex: none;
    width: 36px;
    height: 36px;
    border-radius: 50%;
  }
  .round.small {
    width: 28px;
    height: 28px;
  }
  .round:hover {
    background: color-mix(in srgb, currentColor 12%, transparent);
  }
  @media (pointer: coarse) {
    .round,
    .round.small {
      width: 44px;
      height: 44px;
    }
    .primary,
    .secondary,
    .link:not(.inline) {
      min-height: 44px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    ::before,
    ::after {
      animation-duration: 1ms !important;
      animation-iteration-count: 1 !important;
      transition: none !important;
      scroll-behavior: auto !important;
    }
  }
`;
