import { css } from 'lit';

export const header = css`
  .header {
    display: flex;
    align-items: center;
    gap: 12px;
    padding: calc(14px + env(safe-area-inset-top)) 10px 14px 16px;
    background: var(--accent);
    color: var(--on-accent);
  }
  .header :focus-visible {
    outline-color: var(--on-accent);
  }
  .header .menu :focus-visible {
    outline-color: var(--accent-ink);
  }
  .header-words {
    flex: 1;
    min-width: 0;
  }
  .header h2 {
    overflow: hidden;
    font-size: 17px;
    font-weight: 700;
    line-height: 1.25;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .header p {
    font-size: 13px;
    line-height: 1.3;
  }
  .header-actions {
    position: relative;
    display: flex;
  }
  .shield {
    flex: none;
    width: 36px;
    height: 40px;
  }
  .face {
    display: grid;
    place-items: center;
    flex: none;
    width: 26px;
    height: 26px;
    border-radius: 50%;
    background: color-mix(in srgb, var(--accent) var(--tint), var(--surface));
    color: var(--ink);
    font-size: 11px;
    font-weight: 700;
    letter-spacing: 0.02em;
  }
  .face.large {
    width: 40px;
    height: 40px;
    background: var(--on-accent);
    color: var(--accent);
    font-size: 15px;
  }
  .way-out {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    padding: 6px 12px 6px 16px;
    border-bottom: 1px solid var(--line);
    color: var(--quiet);
    font-size: 13px;
  }
  .leave {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    flex: none;
    min-height: 36px;
    padding: 0 14px;
    border-radius: 18px;
    background: var(--ink);
    color: var(--surface);
    font-weight: 600;
  }
  @media (pointer: coarse) {
    .leave {
      min-height: 44px;
      border-radius: 22px;
    }
  }
  .menu {
    position: absolute;
    z-index: 1;
    top: calc(100% + 6px);
    right: 0;
    width: max-content;
    max-width: 280px;
    padding: 6px;
    border: 1px solid var(--line);
    border-radius: 14px;
    background: var(--surface);
    color: var(--ink);
    box-shadow: var(--shadow);
    font-size: 14.5px;
  }
  .menu :is(button, a) {
    display: flex;
    align-items: center;
    gap: 12px;
    width: 100%;
    min-height: 44px;
    padding: 8px 14px 8px 10px;
    border-radius: 9px;
    text-align: left;
    text-decoration: none;
  }
  .menu :is(button, a):hover {
    background: var(--raised);
  }
  .menu .icon {
    color: var(--quiet);
  }
`;
