const COUNTED = /^\(\d+\) /;

/** Puts the number of unread messages before the page's title; 0 takes it away. */
export function countInTitle(count: number): void {
  const title = document.title.replace(COUNTED, '');
  const counted = count > 0 ? `(${count}) ${title}` : title;
  if (document.title !== counted) document.title = counted;
}
