import { createRouter, createWebHistory } from 'vue-router';
import AppShell from './components/app/AppShell.vue';
import InboxPage from './pages/InboxPage.vue';

declare module 'vue-router' {
  interface RouteMeta {
    /** Who may open the page; absent: everybody signed in. */
    needs?: 'attendant' | 'supervisor' | 'administrator';
  }
}

export const router = createRouter({
  history: createWebHistory('/console/'),
  routes: [
    { path: '/sign-in', name: 'sign-in', component: () => import('./pages/SignInPage.vue') },
    { path: '/join', name: 'join', component: () => import('./pages/JoinPage.vue') },
    {
      path: '/',
      component: AppShell,
      children: [
        { path: '', name: 'inbox', component: InboxPage },
        { path: 'tickets/:id', name: 'ticket', component: InboxPage, meta: { needs: 'attendant' } },
        {
          path: 'calls',
          alias: 'llamadas',
          name: 'calls',
          component: () => import('./pages/CallsPage.vue'),
          meta: { needs: 'attendant' },
        },
        { path: 'cases', name: 'cases', component: () => import('./pages/CasesPage.vue') },
        { path: 'cases/:caseId', name: 'case', component: () => import('./pages/CasesPage.vue') },
        {
          path: 'citizens/:citizenId',
          alias: 'personas/:citizenId',
          name: 'citizen',
          component: () => import('./pages/CitizenPage.vue'),
          meta: { needs: 'attendant' },
        },
        {
          path: 'broadcasts',
          alias: 'avisos',
          name: 'broadcasts',
          component: () => import('./pages/BroadcastsPage.vue'),
          meta: { needs: 'attendant' },
        },
        {
          path: 'broadcasts/:broadcastId',
          alias: 'avisos/:broadcastId',
          name: 'broadcast',
          component: () => import('./pages/BroadcastsPage.vue'),
          meta: { needs: 'attendant' },
        },
        {
          path: 'board',
          name: 'board',
          component: () => import('./pages/BoardPage.vue'),
          meta: { needs: 'supervisor' },
        },
        {
          path: 'reports',
          alias: 'reportes',
          name: 'reports',
          component: () => import('./pages/ReportsPage.vue'),
          meta: { needs: 'supervisor' },
        },
        {
          path: 'forecast',
          alias: 'pronostico',
          name: 'forecast',
          component: () => import('./pages/ForecastPage.vue'),
          meta: { needs: 'supervisor' },
        },
        {
          path: 'settings',
          component: () => import('./pages/SettingsPage.vue'),
          meta: { needs: 'supervisor' },
          children: [
            { path: '', redirect: { name: 'settings-canned' } },
            {
              path: 'people',
              name: 'settings-people',
              component: () => import('./pages/PeoplePage.vue'),
              meta: { needs: 'administrator' },
            },
            {
              path: 'queues',
              name: 'settings-queues',
              component: () => import('./pages/QueuesPage.vue'),
              meta: { needs: 'administrator' },
            },
            {
              path: 'routing',
              alias: 'enrutamiento',
              name: 'settings-routing',
              component: () => import('./pages/RoutingPage.vue'),
              meta: { needs: 'administrator' },
            },
            {
              path: 'canned-replies',
              name: 'settings-canned',
              component: () => import('./pages/CannedRepliesPage.vue'),
            },
            {
              path: 'macros',
              name: 'settings-macros',
              component: () => import('./pages/MacrosPage.vue'),
            },
            {
              path: 'articles',
              name: 'settings-articles',
              component: () => import('./pages/ArticlesPage.vue'),
            },
            {
              path: 'articles/:id',
              name: 'settings-article',
              component: () => import('./pages/ArticlePage.vue'),
            },
            {
              path: 'learning',
              name: 'settings-learning',
              component: () => import('./pages/LearningPage.vue'),
            },
            {
              path: 'chat',
              name: 'settings-chat',
              component: () => import('./pages/ChatPage.vue'),
              meta: { needs: 'administrator' },
            },
            {
              path: 'mail',
              name: 'settings-mail',
              component: () => import('./pages/MailPage.vue'),
            },
            {
              path: 'channels',
              name: 'settings-channels',
              component: () => import('./pages/ChannelsPage.vue'),
            },
            {
              path: 'integrations',
              name: 'settings-integrations',
              component: () => import('./pages/IntegrationsPage.vue'),
              meta: { needs: 'administrator' },
            },
            {
              path: 'audit',
              name: 'settings-audit',
              component: () => import('./pages/AuditPage.vue'),
              meta: { needs: 'administrator' },
            },
          ],
        },
        { path: 'account', name: 'account', component: () => import('./pages/AccountPage.vue') },
        { path: ':rest(.*)*', name: 'not-found', component: () => import('./pages/NotFoundPage.vue') },
      ],
    },
  ],
});
