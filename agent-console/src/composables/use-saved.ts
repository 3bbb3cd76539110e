import { useToast } from '@nuxt/ui/composables/useToast';

/** Says that a change took effect, and offers the way back where there is one. */
export function useSaved() {
  const toast = useToast();

  function saved(title: string, undo?: { label: string; run: () => unknown }) {
    toast.add({
      title,
      icon: 'i-lucide-circle-check-big',
      ...(undo
        ? {
            duration: 10_000,
            actions: [
              {
                label: undo.label,
                color: 'primary' as const,
                variant: 'soft' as const,
                onClick: () => void undo.run(),
              },
            ],
          }
        : {}),
    });
  }
  return { saved };
}
