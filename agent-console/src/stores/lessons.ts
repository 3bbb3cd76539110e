import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { Lesson } from '../../../server/contract/learning.ts';
import { call } from '../api/client.ts';
import { useFormats } from '../composables/use-formats.ts';

/** What the bot can be taught, by the names that people know. */
export const useLessons = defineStore('lessons', () => {
  const { phrase } = useFormats();
  const lessons = ref<Lesson[]>([]);
  const byId = computed(() => new Map(lessons.value.map((lesson) => [lesson.id, lesson])));

  async function load() {
    lessons.value = await call('listLessons');
  }
  const titleOf = (id: string) => {
    const lesson = byId.value.get(id);
    return lesson ? phrase(lesson.title) : id;
  };
  return { lessons, load, titleOf };
});
