/** What may not be had twice: a person by channel and address, a conversation by account, address and thread. */
export const addressKey = (scope: string, address: string, thread = ''): string => `${scope}\n${address}\n${thread}`;
