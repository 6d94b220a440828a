/* The texts that are open in the editor. They may differ from what is in their files. */
#ifndef TCPCLOSE_EDITOR_DOCUMENTS_H
#define TCPCLOSE_EDITOR_DOCUMENTS_H

struct document {
	char *uri;  /* the name that the editor uses */
	char *path; /* the path of its file; for a text that was never saved, its uri */
	char *text; /* ends with NUL; never NULL */
	struct document *next;
};

struct documents {
	struct document *first;
};

/* Returns NULL when no text of this name is open. */
struct document *documents_find(const struct documents *documents, const char *uri);

/* Opens a text, or changes one that is open. Returns NULL when there is no memory. */
struct document *documents_set(struct documents *documents, const char *uri, const char *text);

/* Writes the path of a file as its URI. Signs for which there is no room are left away. */
enum { URI_TEXT = 3 * 4096 + 8 };
void documents_uri(const char *path, char uri[URI_TEXT]);

void documents_close(struct documents *documents, const char *uri);
void documents_close_all(struct documents *documents);

#endif
