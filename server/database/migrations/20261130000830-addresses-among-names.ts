import { Migration } from '@mikro-orm/migrations';

/** E-mail addresses stand among the names in the index of the search: every entry is made anew, beside the work. */
export class AddressesAmongNames extends Migration {
  override up(): void {
    this.addSql('insert into search_due (ticket_id) select id from ticket order by number');
  }
}
