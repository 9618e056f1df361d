"""The agreement's pages: builder, signing, performance, the list; a side's own page and the proof of a receipt."""
