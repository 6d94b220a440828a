/*
 * Constants by name, and names by constant. The rows are in symbols.def. The numbers are in the
 * table, so what a script may name does not depend on the age of the installed headers.
 */
#ifndef TCPCLOSE_PROGRAM_SYMBOLS_H
#define TCPCLOSE_PROGRAM_SYMBOLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The group of a constant. Within a group, but not in SYMBOL_NONE, each number is printed with one
 * name.
 */
enum symbol_group {
	SYMBOL_NONE, /* only found by name */
	SYMBOL_CAPABILITY,
	SYMBOL_CA_STATE,
	SYMBOL_CONTROL,
	SYMBOL_DESCRIPTOR_FLAG,
	SYMBOL_EPOLL,
	SYMBOL_EPOLL_OPERATION,
	SYMBOL_ERRNO,
	SYMBOL_FAMILY,
	SYMBOL_FCNTL,
	SYMBOL_IOCTL,
	SYMBOL_IPV6_OPTION,
	SYMBOL_IP_OPTION,
	SYMBOL_LEVEL,
	SYMBOL_MESSAGE_FLAG,
	SYMBOL_OPEN_FLAG,
	SYMBOL_ORIGIN,
	SYMBOL_PMTUDISC,
	SYMBOL_POLL,
	SYMBOL_PROTOCOL,
	SYMBOL_SEEK,
	SYMBOL_SHUTDOWN,
	SYMBOL_SIGNAL,
	SYMBOL_SIGNAL_CODE,
	SYMBOL_SOCKET_OPTION,
	SYMBOL_SOCKET_TYPE,
	SYMBOL_SPLICE,
	SYMBOL_TCPI_OPTION,
	SYMBOL_TCP_NLA,
	SYMBOL_TCP_OPTION,
	SYMBOL_TCP_STATE,
	SYMBOL_TIMESTAMP,
	SYMBOL_TIMESTAMPING,
	SYMBOL_GROUPS
};

/*
 * Finds the number of a constant of any group. When there is none, returns false and leaves *value
 * unchanged.
 */
bool symbol_find(const char *name, int64_t *value);

/* The same within one group: symbol_find_in(SYMBOL_ERRNO, "POLLIN", ...) is false. */
bool symbol_find_in(enum symbol_group group, const char *name, int64_t *value);

/* The name of a number: (SYMBOL_ERRNO, 104) is "ECONNRESET". NULL when the group has none. */
const char *symbol_name(enum symbol_group group, int64_t value);

/* The name of an option of setsockopt(2) at its level, or NULL. */
const char *symbol_option_name(int64_t level, int64_t option);

/*
 * Writes a number as names joined by '|': first the names with the most bits, then by value. What
 * has no name comes last, in hexadecimal: "POLLIN|POLLHUP|0x4000", "0". Returns `buffer`, which
 * always ends with NUL; the text is cut when `size`, which is at least 1, is too small.
 */
const char *symbol_flags(enum symbol_group group, int64_t value, char *buffer, size_t size);

/* The name with this index, from 0, for suggestions; NULL after the last. */
const char *symbol_at(size_t index);

#endif
