import { endpoints } from '../endpoints.ts';
import {
  consoleCitySchema,
  presenceSchema,
  publicCitySchema,
  sessionSchema,
  setPresenceSchema,
  signInSchema,
} from '../http.ts';
import { done, route } from './route.ts';

/** Routes of signing in, and what a resident may know of the city. */
export const sessionRoutes = {
  city: route({
    ...endpoints.city,
    tag: 'City',
    summary: 'What a resident may know of the city: name, hours, privacy notice, looks of the chat',
    access: 'public',
    response: publicCitySchema,
  }),
  signIn: route({
    ...endpoints.signIn,
    tag: 'Session',
    summary: 'Sign in; the answer sets an HttpOnly cookie',
    access: 'public',
    body: signInSchema,
    response: sessionSchema,
  }),
  session: route({
    ...endpoints.session,
    tag: 'Session',
    summary: 'Who is signed in',
    access: 'signed-in',
    beforeSecondStep: true,
    response: sessionSchema,
  }),
  signOut: route({
    ...endpoints.signOut,
    tag: 'Session',
    summary: 'Sign out; presence ends',
    access: 'signed-in',
    beforeSecondStep: true,
    response: done,
  }),
  setPresence: route({
    ...endpoints.setPresence,
    tag: 'Session',
    summary: 'Go available or away',
    access: 'contacts.attend',
    body: setPresenceSchema,
    response: presenceSchema,
  }),
  consoleCity: route({
    ...endpoints.consoleCity,
    tag: 'City',
    summary: 'Dispositions, topics and names that the console shows',
    access: 'signed-in',
    response: consoleCitySchema,
  }),
} as const;
