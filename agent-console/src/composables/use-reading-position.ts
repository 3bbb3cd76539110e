import { useEventListener, useResizeObserver } from '@vueuse/core';
import { nextTick, onMounted, type Ref, ref, watch } from 'vue';

const NEAR = 60;

/**
 * Keeps the reader's place in a text that grows at both ends: at the end it follows what is new, elsewhere nothing
 * moves, and earlier text goes in above without a jump.
 */
export function useReadingPosition(
  scroller: Readonly<Ref<HTMLElement | null>>,
  content: Readonly<Ref<HTMLElement | null>>,
) {
  const atEnd = ref(true);

  function toEnd() {
    const element = scroller.value;
    if (element) element.scrollTop = element.scrollHeight;
  }

  const isNearEnd = (element: HTMLElement) => element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
  const sizesOf = (element: HTMLElement) => `${element.clientHeight} ${element.scrollHeight}`;
  let sizes = '';

  useEventListener(
    scroller,
    'scroll',
    () => {
      const element = scroller.value;
      // While the heights change, the browser scrolls by itself, which is no wish of the reader's.
      if (element && sizesOf(element) === sizes) atEnd.value = isNearEnd(element);
    },
    { passive: true },
  );
  // Images and a growing composer change the heights without any new item.
  useResizeObserver([scroller, content] as never, () => {
    const element = scroller.value;
    if (!element) return;
    if (atEnd.value) toEnd();
    else atEnd.value = isNearEnd(element);
    sizes = sizesOf(element);
  });
  onMounted(toEnd);

  /** Runs what adds text above and puts back what was on screen. */
  async function keepingPlace(work: () => Promise<unknown>) {
    const element = scroller.value;
    if (!element) return;
    await work();
    const fromEnd = element.scrollHeight - element.scrollTop;
    await nextTick();
    element.scrollTop = element.scrollHeight - fromEnd;
  }

  /** Follows a change of `source` when the reader is at the end. */
  function follow(source: () => unknown) {
    watch(source, async () => {
      const follows = atEnd.value;
      await nextTick();
      if (follows) toEnd();
    });
  }

  return { atEnd, toEnd, keepingPlace, follow };
}
