#include "editor/messages.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { HEADER_TEXT = 256 };

/* Returns the length that the header tells; -1 when it tells none that can be, or has ended. */
static long read_header(FILE *in)
{
	static const char name[] = "Content-Length:";
	char line[HEADER_TEXT], *end;
	long length = -1;

	while (fgets(line, sizeof(line), in)) {
		if (line[0] == '\r' || line[0] == '\n')
			return length;
		if (strncasecmp(line, name, sizeof(name) - 1))
			continue;
		length = strtol(line + sizeof(name) - 1, &end, 10);
		if (end == line + sizeof(name) - 1)
			length = -1;
	}
	return -1;
}

enum message_end message_read(FILE *in, json_t **message)
{
	long length = read_header(in);
	char *text;
	size_t got;

	*message = NULL;
	if (length < 0 && feof(in))
		return MESSAGE_OVER;
	if (length < 0 || length > MESSAGE_MAX || !(text = malloc((size_t)length + 1)))
		return MESSAGE_LOST;
	got = fread(text, 1, (size_t)length, in);
	if (got == (size_t)length)
		*message = json_loadb(text, got, 0, NULL);
	free(text);
	if (got < (size_t)length)
		return MESSAGE_OVER;
	return *message ? MESSAGE_READ : MESSAGE_NO_JSON;
}

bool message_write(FILE *out, json_t *message)
{
	char *text = json_dumps(message, JSON_COMPACT);
	bool good = text && fprintf(out, "Content-Length: %zu\r\n\r\n%s", strlen(text), text) > 0 &&
	            fflush(out) == 0;

	free(text);
	json_decref(message);
	return good;
}
