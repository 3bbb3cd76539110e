import { css } from 'lit';

/** A place in the conversation, and the map over it. */
export const places = css`
  .place {
    display: flex;
    align-items: center;
    gap: 10px;
    width: 100%;
    min-height: 44px;
    padding: 0;
    text-align: left;
  }
  .place:has(.place-picture) {
    display: grid;
    gap: 6px;
  }
  .place-pin {
    display: grid;
    place-items: center;
    flex: none;
    width: 44px;
    height: 44px;
    border-radius: 10px;
    background: color-mix(in srgb, var(--accent) var(--tint), var(--surface));
    color: var(--accent-ink);
  }
  .place small {
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .place-picture {
    position: relative;
    margin: 0 -6px;
  }
  .place-picture img {
    display: block;
    width: 100%;
    aspect-ratio: 2;
    border-radius: 11px;
    object-fit: cover;
  }
  .pin {
    overflow: visible;
    filter: drop-shadow(0 2px 3px rgb(10 14 20 / 40%));
  }
  .pin path {
    fill: var(--accent);
    stroke: #fff;
    stroke-width: 1.5;
  }
  .pin circle {
    fill: #fff;
  }
  .place-picture .pin {
    position: absolute;
    bottom: 50%;
    left: 50%;
    transform: translateX(-50%);
  }

  .map-sheet {
    z-index: 1;
  }
  .map-frame {
    position: relative;
    flex: 1;
    min-height: 0;
    background: var(--raised);
  }
  .map-frame .map {
    position: absolute;
    inset: 0;
  }
  .map-frame canvas:focus-visible {
    outline: 3px solid var(--accent-ink);
    outline-offset: -3px;
  }
  .map-pin {
    position: absolute;
    bottom: 50%;
    left: 50%;
    display: flex;
    transform: translateX(-50%);
    pointer-events: none;
  }
  .map-word {
    position: absolute;
    inset: auto 24px 24px;
    padding: 10px 14px;
    border-radius: 12px;
    background: var(--surface);
    text-align: center;
    text-wrap: balance;
  }
  .map-foot {
    display: grid;
    gap: 8px;
    padding: 12px 16px calc(14px + env(safe-area-inset-bottom));
    border-top: 1px solid var(--line);
  }
  .map-place {
    display: flex;
    gap: 8px;
    min-height: 44px;
    font-weight: 600;
    line-height: 1.35;
  }
  .map-place .icon {
    margin-top: 1px;
    color: var(--accent-ink);
  }
  .map-place[data-outside],
  .map-place[data-outside] .icon {
    color: var(--danger);
  }
  .primary[aria-disabled='true'] {
    background: var(--raised);
    color: var(--quiet);
  }
`;
