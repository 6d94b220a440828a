/* The texts that are open in the editor, which may differ from what is in their files. */
#ifndef TCPCLOSE_EDITOR_DOCUMENTS_H
#define TCPCLOSE_EDITOR_DOCUMENTS_H

struct document {
	char *uri;  /* as the editor names it */
	char *path; /* of its file; that of a text that was never saved is its uri */
	char *text; /* ends with NUL; never NULL */
	struct document *next;
};

struct documents {
	struct document *first;
};

/* NULL when none of this name is open. */
struct document *documents_find(const struct documents *documents, const char *uri);

/* Opens it, or gives one that is open a new text. NULL when there is no memory. */
struct document *documents_set(struct documents *documents, const char *uri, const char *text);

void documents_close(struct documents *documents, const char *uri);
void documents_close_all(struct documents *documents);

#endif
