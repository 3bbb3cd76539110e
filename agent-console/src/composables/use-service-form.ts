import type { ServiceContent, ServiceDetail, ServiceVersion } from '../../../server/contract/content.ts';
import { call } from '../api/client.ts';
import { useDirectory } from '../stores/directory.ts';
import { useVersionedForm } from './use-versioned-form.ts';

/** What of a service can be edited, as a copy. */
export function serviceContent(version: ServiceContent): ServiceContent {
  const { title, description, departmentId, expected, location, priority, questions, active } = version;
  const content = { title, description, departmentId, expected, location, priority, questions, active };
  return JSON.parse(JSON.stringify(content));
}

/** A service being edited. */
export function useServiceForm(service: ServiceDetail, onStored: (service: ServiceDetail) => void) {
  const directory = useDirectory();
  const params = { id: service.id };
  return useVersionedForm<ServiceDetail, ServiceVersion, ServiceContent>(service, {
    contentOf: serviceContent,
    open: () => call('openService', { params }),
    save: (content, version) => call('saveService', { params, body: { ...content, version } }),
    restore: (version, restore) => call('restoreService', { params, body: { version, restore } }),
    onStored(stored) {
      void directory.load('city').catch(() => {});
      onStored(stored);
    },
  });
}
