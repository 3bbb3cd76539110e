import { useVirtualizer } from '@tanstack/vue-virtual';
import { computed, nextTick, type Ref, watch } from 'vue';

/** How many rows before the end the next page is asked for. */
const AHEAD = 10;
const OVERSCAN = 8;

interface RowList {
  scroller: Readonly<Ref<HTMLElement | null>>;
  ids: Readonly<Ref<readonly string[]>>;
  /** The one that is open beside the list. */
  selected: () => string | null;
  /** Of every row, in pixels. */
  rowHeight: number;
  loadMore: () => unknown;
}

/** A list of any length of which only the rows in sight are drawn; walked by the keyboard as one stop of the Tab order. */
export function useRowList({ scroller, ids, selected, rowHeight, loadMore }: RowList) {
  const virtual = useVirtualizer(
    computed(() => ({
      count: ids.value.length,
      getScrollElement: () => scroller.value,
      estimateSize: () => rowHeight,
      overscan: OVERSCAN,
      getItemKey: (index: number) => ids.value[index] ?? index,
    })),
  );
  const height = computed(() => virtual.value.getTotalSize());
  const drawn = computed(() =>
    virtual.value.getVirtualItems().map(({ index, start }) => ({ index, start, id: ids.value[index] ?? '' })),
  );
  watch(
    () => drawn.value.at(-1)?.index ?? 0,
    (last) => {
      if (last >= ids.value.length - AHEAD && ids.value.length > 0) void loadMore();
    },
  );
  watch(selected, async (id) => {
    await nextTick();
    const index = ids.value.indexOf(id ?? '');
    if (index < 0) return;
    virtual.value.scrollToIndex(index, { align: 'auto' });
    // Whoever walks the list by the keyboard keeps the focus on the open row.
    if (!scroller.value?.contains(document.activeElement)) return;
    await nextTick();
    scroller.value.querySelector<HTMLElement>('[aria-current]')?.focus();
  });
  /** One row of the list is in the Tab order: the open one, else the first. Arrows go on from there. */
  const tabbable = computed(() => (ids.value.includes(selected() ?? '') ? selected() : ids.value[0]));

  return { height, drawn, tabbable };
}
