import { css } from 'lit';
import { calls } from './calls.ts';
import { ending } from './ending.ts';
import { folio } from './folio.ts';
import { places } from './places.ts';
import { requests } from './requests.ts';

/** How the parts look that are loaded later. */
export const styles = css`${folio}${places}${requests}${ending}${calls}`;
