import { ListLayout } from 'react-aria-components/Virtualizer';

/** Rows below one another. The row that has the focus stays in the document when new rows move it far away. */
export class RowLayout extends ListLayout<object> {
  override update(...context: Parameters<ListLayout<object>['update']>): void {
    super.update(...context);
    // ListLayout looks for a row that must stay only if it has never had a place, even if that place is no longer valid.
    for (const key of this.virtualizer?.persistedKeys ?? []) {
      const node = this.layoutNodes.get(key);
      if (node !== undefined && !this.rootNodes.includes(node)) this.layoutNodes.delete(key);
    }
  }
}
