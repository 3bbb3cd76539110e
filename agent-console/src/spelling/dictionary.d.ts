declare module 'virtual:dictionary/*' {
  export const aff: string;
  export const dic: string;
}
