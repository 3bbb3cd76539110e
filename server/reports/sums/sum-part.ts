/**
 * What is summed by itself. contacts: by the day they began · people: by the day they were there · cases: by the day
 * they are promised for, and by those on which they are opened and closed · arrivals: contacts by the half hour in
 * which they came into a queue
 */
export type SumPart = 'contacts' | 'people' | 'cases' | 'arrivals';
