/* For F_SETSIG and O_PATH, whose numbers come from the headers. */
#define _GNU_SOURCE
#include "program/symbols.h"

#include <inttypes.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

struct symbol {
	const char *name;
	int64_t value;
	enum symbol_group group;
	bool alias;
};

#define SYM(group, name, value) { #name, value, SYMBOL_##group, false },
#if defined(__x86_64__)
#define ARCH(group, name, value) { #name, value, SYMBOL_##group, false },
#define ALIAS(group, name, value) { #name, value, SYMBOL_##group, true },
#else
#include <errno.h>
#include <fcntl.h>
#include <linux/errqueue.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#define ARCH(group, name, value) { #name, name, SYMBOL_##group, false },
#define ALIAS(group, name, value) { #name, name, SYMBOL_##group, true },
#endif
#if defined(__sparc__) || defined(__hppa__)
#define RECENT(group, name, value)
#else
#define RECENT SYM
#endif

static const struct symbol symbols[] = {
#include "program/symbols.def"
};

enum { SYMBOL_COUNT = sizeof(symbols) / sizeof(*symbols) };

static int compare_name(const void *name, const void *symbol)
{
	return strcmp(name, ((const struct symbol *)symbol)->name);
}

static const struct symbol *find(const char *name)
{
	return bsearch(name, symbols, SYMBOL_COUNT, sizeof(*symbols), compare_name);
}

bool symbol_find(const char *name, int64_t *value)
{
	const struct symbol *symbol = find(name);

	if (symbol == NULL)
		return false;
	*value = symbol->value;
	return true;
}

bool symbol_find_in(enum symbol_group group, const char *name, int64_t *value)
{
	const struct symbol *symbol = find(name);

	if (symbol == NULL || symbol->group != group)
		return false;
	*value = symbol->value;
	return true;
}

const char *symbol_name(enum symbol_group group, int64_t value)
{
	if (group == SYMBOL_NONE)
		return NULL;
	for (size_t i = 0; i < SYMBOL_COUNT; i++)
		if (symbols[i].group == group && symbols[i].value == value && !symbols[i].alias)
			return symbols[i].name;
	return NULL;
}

/*
 * Names with more bits come first, so that O_SYNC is not printed as O_DSYNC and a rest, or SOCK_RAW
 * (3) as SOCK_STREAM|SOCK_DGRAM.
 */
static const struct symbol *widest_within(enum symbol_group group, uint64_t bits)
{
	const struct symbol *best = NULL;
	int best_width = 0;

	for (size_t i = 0; i < SYMBOL_COUNT; i++) {
		const struct symbol *symbol = &symbols[i];
		int width = __builtin_popcountll((uint64_t)symbol->value);

		if (symbol->group != group || symbol->alias || (symbol->value & ~bits) != 0)
			continue;
		if (width > best_width ||
		    (width == best_width && width > 0 && symbol->value < best->value)) {
			best = symbol;
			best_width = width;
		}
	}
	return best;
}

const char *symbol_option_name(int64_t level, int64_t option)
{
	static const struct {
		int64_t level;
		enum symbol_group group;
	} levels[] = {
		{ SOL_SOCKET, SYMBOL_SOCKET_OPTION },
		{ IPPROTO_TCP, SYMBOL_TCP_OPTION },
		{ IPPROTO_IP, SYMBOL_IP_OPTION },
		{ IPPROTO_IPV6, SYMBOL_IPV6_OPTION },
	};

	for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++)
		if (levels[i].level == level)
			return symbol_name(levels[i].group, option);
	return NULL;
}

static size_t append(char *buffer, size_t size, size_t used, const char *text)
{
	int length = snprintf(buffer + used, size - used, "%s%s", used > 0 ? "|" : "", text);

	used += (size_t)length;
	return used < size ? used : size - 1;
}

const char *symbol_flags(enum symbol_group group, int64_t value, char *buffer, size_t size)
{
	uint64_t left = (uint64_t)value;
	const struct symbol *symbol;
	char rest[sizeof("0xffffffffffffffff")];
	size_t used = 0;

	while (group != SYMBOL_NONE && (symbol = widest_within(group, left)) != NULL) {
		used = append(buffer, size, used, symbol->name);
		left &= ~(uint64_t)symbol->value;
	}
	if (left != 0 || value == 0) {
		snprintf(rest, sizeof(rest), "%#" PRIx64, left);
		append(buffer, size, used, rest);
	}
	return buffer;
}

const char *symbol_at(size_t index)
{
	return index < SYMBOL_COUNT ? symbols[index].name : NULL;
}
