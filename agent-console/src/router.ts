import { createRouter, createWebHistory } from 'vue-router';
import AppShell from './components/app/AppShell.vue';
import InboxPage from './pages/InboxPage.vue';
import { dataPermissions, type Needs } from './places.ts';

declare module 'vue-router' {
  interface RouteMeta {
    /** What somebody must be allowed to open the page; absent: everybody signed in may. */
    needs?: Needs;
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
        { path: 'tickets/:id', name: 'ticket', component: InboxPage, meta: { needs: 'contacts.read' } },
        {
          path: 'calls',
          alias: 'llamadas',
          name: 'calls',
          component: () => import('./pages/CallsPage.vue'),
          meta: { needs: 'calls.take' },
        },
        {
          path: 'cases',
          name: 'cases',
          component: () => import('./pages/CasesPage.vue'),
          meta: { needs: 'cases.read' },
        },
        {
          path: 'cases/:caseId',
          name: 'case',
          component: () => import('./pages/CasesPage.vue'),
          meta: { needs: 'cases.read' },
        },
        {
          path: 'citizens/:citizenId',
          alias: 'personas/:citizenId',
          name: 'citizen',
          component: () => import('./pages/CitizenPage.vue'),
          meta: { needs: 'citizens.read' },
        },
        {
          path: 'broadcasts',
          alias: 'avisos',
          name: 'broadcasts',
          component: () => import('./pages/BroadcastsPage.vue'),
          meta: { needs: 'broadcasts.write' },
        },
        {
          path: 'broadcasts/:broadcastId',
          alias: 'avisos/:broadcastId',
          name: 'broadcast',
          component: () => import('./pages/BroadcastsPage.vue'),
          meta: { needs: 'broadcasts.write' },
        },
        {
          path: 'board',
          name: 'board',
          component: () => import('./pages/BoardPage.vue'),
          meta: { needs: 'board.read' },
        },
        {
          path: 'reports',
          alias: 'reportes',
          name: 'reports',
          component: () => import('./pages/ReportsPage.vue'),
          meta: { needs: 'reports.read' },
        },
        {
          path: 'reports/schedules',
          alias: 'reportes/programados',
          name: 'report-schedules',
          component: () => import('./pages/ReportSchedulesPage.vue'),
          meta: { needs: 'reports.export' },
        },
        {
          path: 'forecast',
          alias: 'pronostico',
          name: 'forecast',
          component: () => import('./pages/ForecastPage.vue'),
          meta: { needs: 'reports.read' },
        },
        {
          path: 'quality',
          alias: 'calidad',
          name: 'quality',
          component: () => import('./pages/QualityPage.vue'),
          meta: { needs: 'contacts.read' },
        },
        {
          path: 'quality/reviews/:reviewId',
          name: 'quality-review',
          component: () => import('./pages/ReviewPage.vue'),
          meta: { needs: 'contacts.read' },
        },
        {
          path: 'quality/calibrations',
          name: 'quality-calibrations',
          component: () => import('./pages/CalibrationsPage.vue'),
          meta: { needs: 'quality.review' },
        },
        {
          path: 'quality/calibrations/:calibrationId',
          name: 'quality-calibration',
          component: () => import('./pages/CalibrationPage.vue'),
          meta: { needs: 'quality.review' },
        },
        {
          path: 'quality/figures',
          name: 'quality-figures',
          component: () => import('./pages/QualityFiguresPage.vue'),
          meta: { needs: 'quality.review' },
        },
        {
          path: 'quality/plans',
          name: 'quality-plans',
          component: () => import('./pages/QualityPlansPage.vue'),
          meta: { needs: 'quality.review' },
        },
        {
          path: 'quality/form',
          name: 'quality-form',
          component: () => import('./pages/QualityFormPage.vue'),
          meta: { needs: 'quality.review' },
        },
        {
          path: 'settings',
          component: () => import('./pages/SettingsPage.vue'),
          children: [
            { path: '', name: 'settings', component: () => import('./pages/SettingsHomePage.vue') },
            {
              path: 'people',
              name: 'settings-people',
              component: () => import('./pages/PeoplePage.vue'),
              meta: { needs: 'people.manage' },
            },
            {
              path: 'roles',
              name: 'settings-roles',
              component: () => import('./pages/RolesPage.vue'),
              meta: { needs: 'roles.manage' },
            },
            {
              path: 'queues',
              name: 'settings-queues',
              component: () => import('./pages/QueuesPage.vue'),
              meta: { needs: 'queues.manage' },
            },
            {
              path: 'routing',
              alias: 'enrutamiento',
              name: 'settings-routing',
              component: () => import('./pages/RoutingPage.vue'),
              meta: { needs: 'queues.manage' },
            },
            {
              path: 'services',
              alias: 'servicios',
              name: 'settings-services',
              component: () => import('./pages/ServicesPage.vue'),
              meta: { needs: 'city.edit' },
            },
            {
              path: 'services/:id',
              alias: 'servicios/:id',
              name: 'settings-service',
              component: () => import('./pages/ServicePage.vue'),
              meta: { needs: 'city.edit' },
            },
            {
              path: 'departments',
              alias: 'areas',
              name: 'settings-departments',
              component: () => import('./pages/DepartmentsPage.vue'),
              meta: { needs: 'city.edit' },
            },
            {
              path: 'phrases',
              alias: 'frases',
              name: 'settings-phrases',
              component: () => import('./pages/PhrasesPage.vue'),
              meta: { needs: 'city.edit' },
            },
            {
              path: 'canned-replies',
              name: 'settings-canned',
              component: () => import('./pages/CannedRepliesPage.vue'),
              meta: { needs: 'replies.edit' },
            },
            {
              path: 'macros',
              name: 'settings-macros',
              component: () => import('./pages/MacrosPage.vue'),
              meta: { needs: 'replies.edit' },
            },
            {
              path: 'articles',
              name: 'settings-articles',
              component: () => import('./pages/ArticlesPage.vue'),
              meta: { needs: 'articles.edit' },
            },
            {
              path: 'articles/:id',
              name: 'settings-article',
              component: () => import('./pages/ArticlePage.vue'),
              meta: { needs: 'articles.edit' },
            },
            {
              path: 'learning',
              name: 'settings-learning',
              component: () => import('./pages/LearningPage.vue'),
              meta: { needs: 'bot.teach' },
            },
            {
              path: 'chat',
              name: 'settings-chat',
              component: () => import('./pages/ChatPage.vue'),
              meta: { needs: 'city.edit' },
            },
            {
              path: 'mail',
              name: 'settings-mail',
              component: () => import('./pages/MailPage.vue'),
              meta: { needs: 'channels.read' },
            },
            {
              path: 'channels',
              name: 'settings-channels',
              component: () => import('./pages/ChannelsPage.vue'),
              meta: { needs: 'channels.read' },
            },
            {
              path: 'integrations',
              name: 'settings-integrations',
              component: () => import('./pages/IntegrationsPage.vue'),
              meta: { needs: 'integrations.manage' },
            },
            {
              path: 'data/:section?',
              alias: 'datos/:section?',
              name: 'settings-data',
              component: () => import('./pages/DataPage.vue'),
              meta: { needs: dataPermissions },
            },
            {
              path: 'audit',
              name: 'settings-audit',
              component: () => import('./pages/AuditPage.vue'),
              meta: { needs: 'audit.read' },
            },
          ],
        },
        { path: 'account', name: 'account', component: () => import('./pages/AccountPage.vue') },
        { path: ':rest(.*)*', name: 'not-found', component: () => import('./pages/NotFoundPage.vue') },
      ],
    },
  ],
});
