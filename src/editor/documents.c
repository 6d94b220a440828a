#include "editor/documents.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

struct document *documents_find(const struct documents *documents, const char *uri)
{
	struct document *document = documents->first;

	while (document && strcmp(document->uri, uri))
		document = document->next;
	return document;
}

static char hexadecimal(char digit)
{
	return (char)(isdigit((unsigned char)digit) ? digit - '0'
	                                            : tolower((unsigned char)digit) - 'a' + 10);
}

/* "file:///home/a%20b" becomes "/home/a b" (RFC 8089). A URI with another scheme stays as it is. */
static char *path_of(const char *uri)
{
	static const char scheme[] = "file://";
	bool is_file = !strncmp(uri, scheme, sizeof(scheme) - 1);
	char *path = strdup(is_file ? uri + sizeof(scheme) - 1 : uri), *to = path;

	if (!is_file || !path)
		return path;
	for (const char *from = path; *from; from++) {
		if (*from == '%' && isxdigit((unsigned char)from[1]) &&
		    isxdigit((unsigned char)from[2])) {
			*to++ = (char)(hexadecimal(from[1]) << 4 | hexadecimal(from[2]));
			from += 2;
		} else {
			*to++ = *from;
		}
	}
	*to = '\0';
	return path;
}

void documents_uri(const char *path, char uri[URI_TEXT])
{
	struct text_buffer out = text_begin(uri, URI_TEXT);

	text_add(&out, "file://");
	for (; *path; path++)
		if (isalnum((unsigned char)*path) || strchr("/-._~", *path))
			text_add(&out, "%c", *path);
		else
			text_add(&out, "%%%02X", (unsigned char)*path);
}

static void document_free(struct document *document)
{
	free(document->uri);
	free(document->path);
	free(document->text);
	free(document);
}

static struct document *document_new(const char *uri)
{
	struct document *document = calloc(1, sizeof(*document));

	if (!document)
		return NULL;
	document->uri = strdup(uri);
	document->path = path_of(uri);
	if (document->uri && document->path)
		return document;
	document_free(document);
	return NULL;
}

struct document *documents_set(struct documents *documents, const char *uri, const char *text)
{
	struct document *document = documents_find(documents, uri);
	char *copy = strdup(text);

	if (!copy || (!document && !(document = document_new(uri)))) {
		free(copy);
		return NULL;
	}
	if (!document->text) {
		document->next = documents->first;
		documents->first = document;
	}
	free(document->text);
	document->text = copy;
	return document;
}

void documents_close(struct documents *documents, const char *uri)
{
	struct document **link = &documents->first;

	while (*link && strcmp((*link)->uri, uri))
		link = &(*link)->next;
	if (*link) {
		struct document *closed = *link;

		*link = closed->next;
		document_free(closed);
	}
}

void documents_close_all(struct documents *documents)
{
	while (documents->first)
		documents_close(documents, documents->first->uri);
}
