/** A dialog under way, as it is kept between turns. */
export interface SavedDialog {
  id: string;
  version: string;
  slots: unknown;
}
