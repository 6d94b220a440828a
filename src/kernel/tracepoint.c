#include "kernel/tracepoint.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

unsigned tracepoint_id(const char *format)
{
	const char *line = strstr(format, "\nID: ");

	return line ? (unsigned)strtoul(line + strlen("\nID: "), NULL, 10) : 0;
}

/* ---- fields ---- */

/* The number behind a word of a line: "offset:16;". */
static bool number_behind(const char *line, const char *word, size_t *number)
{
	const char *end = strchr(line, '\n'), *at = strstr(line, word);

	if (!at || (end && at > end))
		return false;
	*number = strtoul(at + strlen(word), NULL, 10);
	return true;
}

/* "\tfield:enum skb_drop_reason reason;", or "__u8 saddr[28];": the name comes last. */
static bool is_called(const char *line, const char *field)
{
	const char *end = strchr(line, ';');
	size_t length = strlen(field);

	for (const char *at = line; end && (at = strstr(at, field)) && at < end; at += length)
		if (at[-1] == ' ' && (at[length] == ';' || at[length] == '['))
			return true;
	return false;
}

const uint8_t *tracepoint_field(const char *format, const char *field, const uint8_t *record,
                                size_t length, size_t *size)
{
	static const char begin[] = "field:";
	size_t offset;

	for (const char *line = format; (line = strstr(line, begin)); line += strlen(begin))
		if (is_called(line, field))
			return number_behind(line, "offset:", &offset) &&
			                       number_behind(line, "size:", size) &&
			                       offset <= length && *size <= length - offset
			               ? record + offset
			               : NULL;
	return NULL;
}

bool tracepoint_number(const char *format, const char *field, const uint8_t *record, size_t length,
                       uint64_t *value)
{
	size_t size;
	const uint8_t *bytes = tracepoint_field(format, field, record, length, &size);
	union {
		uint8_t bytes[8];
		uint8_t one;
		uint16_t two;
		uint32_t four;
		uint64_t eight;
	} number = { .eight = 0 };

	if (!bytes || size > sizeof(number.bytes))
		return false;
	memcpy(number.bytes, bytes, size);
	*value = size == 1   ? number.one
	         : size == 2 ? number.two
	         : size == 4 ? number.four
	                     : number.eight;
	return size == 1 || size == 2 || size == 4 || size == 8;
}

/* ---- names ---- */

/* "__print_symbolic(REC->reason, { 2, "NOT_SPECIFIED" }, { 3, "NO_SOCKET" }, ...)" */
bool tracepoint_name(const char *format, const char *field, uint64_t value, char *name, size_t size)
{
	char begin[64], pair[32];
	const char *list, *at, *end;
	int length = snprintf(begin, sizeof(begin), "__print_symbolic(REC->%s,", field);

	snprintf(pair, sizeof(pair), "{ %" PRIu64 ", \"", value);
	list = length < (int)sizeof(begin) ? strstr(format, begin) : NULL;
	at = list ? strstr(list, pair) : NULL;
	/* Behind its parenthesis another list may begin. */
	if (!at || strcspn(list + length, ")") < (size_t)(at - list - length))
		return false;
	at += strlen(pair);
	end = strchr(at, '"');
	if (!end || (size_t)(end - at) >= size)
		return false;
	memcpy(name, at, (size_t)(end - at));
	name[end - at] = '\0';
	return true;
}

bool kernel_function(FILE *table, uint64_t address, char *name, size_t size)
{
	char line[512], found[sizeof(line)] = "";
	uint64_t nearest = 0;

	while (fgets(line, sizeof(line), table)) {
		char *rest, symbol[sizeof(line)], kind;
		uint64_t at = strtoull(line, &rest, 16);

		if (at > address || at <= nearest ||
		    sscanf(rest, " %c %511s", &kind, symbol) != 2 || !strchr("tTwW", kind))
			continue;
		nearest = at;
		memcpy(found, symbol, sizeof(found));
	}
	if (!nearest || strlen(found) >= size)
		return false;
	/* The compiler may have split a function: "tcp_rcv_state_process.cold". */
	found[strcspn(found, ".")] = '\0';
	strcpy(name, found);
	return true;
}
