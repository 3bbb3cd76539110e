/** Icons that the build draws from the lucide collection. */
declare module 'lucide:*' {
  import type { TemplateResult } from 'lit';

  const icon: TemplateResult<2>;
  export default icon;
}
