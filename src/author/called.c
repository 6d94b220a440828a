#include "author/called.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "program/symbols.h"

enum { WORD = 64 };

enum moves { MOVES_NOTHING, MOVES_IN, MOVES_OUT };

/* What is made of an argument, a letter each:
 * f the script's number; . is left open; n a number or constants; v the value of an option;
 * i the lengths of a vector; m those of a message; - is left away */
static const struct row {
	const char *name, *written, *arguments;
	enum moves moves;
} rows[] = {
	/* clang-format off */
	{ "socket",   "socket",   ".nn",    MOVES_NOTHING },
	{ "bind",     "bind",     "f..",    MOVES_NOTHING },
	{ "connect",  "connect",  "f..",    MOVES_NOTHING },
	{ "listen",   "listen",   "fn",     MOVES_NOTHING },
	{ "accept",   "accept",   "f..",    MOVES_NOTHING },
	{ "accept4",  "accept4",  "f..n",   MOVES_NOTHING },
	{ "shutdown", "shutdown", "fn",     MOVES_NOTHING },
	{ "close",    "close",    "f",      MOVES_NOTHING },
	{ "read",     "read",     "f.n",    MOVES_IN },
	{ "recvfrom", "recv",     "f.nn--", MOVES_IN },
	{ "readv",    "readv",    "fin",    MOVES_IN },
	{ "recvmsg",  "recvmsg",  "fmn",    MOVES_IN },
	{ "write",    "write",    "f.n",    MOVES_OUT },
	{ "sendto",   "send",     "f.nn--", MOVES_OUT },
	{ "writev",   "writev",   "fin",    MOVES_OUT },
	{ "sendmsg",  "sendmsg",  "fmn",    MOVES_OUT },
	{ "sendfile", NULL,       "",       MOVES_OUT },
	{ "splice",   NULL,       "",       MOVES_OUT }, /* MOVES_IN when the socket comes first */
	{ "setsockopt", "setsockopt", "fnnvn", MOVES_NOTHING },
	{ "getsockopt", "getsockopt", "fnnvv", MOVES_NOTHING },
	{ "fcntl",    "fcntl",    "fnn",    MOVES_NOTHING },
	{ "ioctl",    "ioctl",    "fnv",    MOVES_NOTHING },
	/* clang-format on */
};

/* Of such calls only those with that argument change something, or show an error. */
static const char *const telling[][2] = {
	{ "getsockopt", "SO_ERROR" },
	{ "fcntl", "F_SETFL" },
	{ "ioctl", "FIONBIO" },
};

static const char *const asking[] = {
	"poll",           "ppoll",        "select",      "pselect6",    "epoll_ctl", "epoll_wait",
	"epoll_pwait",    "epoll_pwait2", "getsockname", "getpeername", "fstat",     "newfstatat",
	"io_uring_enter", "lseek",        "statx",       "dup",         "dup2",      "dup3",
};

static const struct row *row_of(const struct strace_call *call)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (!strcmp(rows[i].name, call->name))
			return &rows[i];
	return NULL;
}

static bool has_argument(const struct strace_call *call, const char *argument)
{
	for (size_t i = 0; i < call->argument_count; i++)
		if (!strcmp(call->arguments[i], argument))
			return true;
	return false;
}

static bool only_asks(const struct strace_call *call)
{
	for (size_t i = 0; i < sizeof(asking) / sizeof(asking[0]); i++)
		if (!strcmp(asking[i], call->name))
			return true;
	for (size_t i = 0; i < sizeof(telling) / sizeof(telling[0]); i++)
		if (!strcmp(telling[i][0], call->name))
			return !has_argument(call, telling[i][1]);
	return false;
}

/* ---- arguments ---- */

/* "SOCK_STREAM|SOCK_CLOEXEC" or "0x40": the script's language has each of its constants. */
static bool are_known(const char *text)
{
	char word[WORD];
	int64_t value;

	for (text += strspn(text, "|"); *text; text += strspn(text, "|")) {
		size_t length = strcspn(text, "|");

		if (length >= sizeof(word))
			return false;
		memcpy(word, text, length);
		word[length] = '\0';
		text += length;
		if (word[strspn(word, "0123456789-")] && strncmp(word, "0x", 2) &&
		    !symbol_find(word, &value))
			return false;
	}
	return true;
}

/* Behind a number there may be a comment of strace's. */
static bool add_number(struct text_buffer *out, const char *text)
{
	char number[WORD];

	if (strlen(text) >= sizeof(number))
		return false;
	strcpy(number, text);
	number[strcspn(number, " ")] = '\0';
	text_add(out, "%s", number);
	return *number && are_known(number);
}

/* "[1]", "{l_onoff=1, l_linger=0}", "{tv_sec=5, tv_usec=0}", or a string that is whole. */
static bool add_value(struct text_buffer *out, const char *text)
{
	bool known = (text[0] == '[' && text[1 + strspn(text + 1, "0123456789-")] == ']') ||
	             !strncmp(text, "{l_onoff=", 9) || !strncmp(text, "{tv_sec=", 8) ||
	             (text[0] == '"' && !strchr(text, '\\') && !strstr(text, "\"..."));

	text_add(out, "%s", text);
	return known && strlen(text) < WORD;
}

/* The lengths of "[{iov_base="...", iov_len=5}, ...]"; false: not as many as were moved. */
static bool add_vector(struct text_buffer *out, const char *text, unsigned long moved,
                       bool of_message)
{
	struct text_buffer list;
	char room[CALLED_TEXT];
	unsigned long sum = 0;
	unsigned count = 0;

	list = text_begin(room, sizeof(room));
	for (const char *at = text; (at = strstr(at, "iov_len=")); count++) {
		unsigned long length = strtoul(at += strlen("iov_len="), NULL, 10);

		text_add(&list, "%s{..., %lu}", count ? ", " : "", length);
		sum += length;
	}
	if (of_message)
		text_add(out, "{msg_iov(%u)=[%s]}", count, room);
	else
		text_add(out, "[%s]", room);
	return count && sum >= moved && list.length + WORD < sizeof(room);
}

static bool add_argument(struct text_buffer *out, char kind, const struct strace_call *call,
                         const char *argument, int fd)
{
	unsigned long moved = strtoul(call->result, NULL, 10);

	switch (kind) {
	case 'f':
		text_add(out, "%d", fd);
		return true;
	case 'n':
		return add_number(out, argument);
	case 'v':
		return add_value(out, argument);
	case 'i':
	case 'm':
		return add_vector(out, argument, call->error ? 0 : moved, kind == 'm');
	default:
		text_add(out, "...");
		return true;
	}
}

/* sendto() with an address begins a connection (RFC 7413): then it stays what it is. */
static bool names_peer(const struct strace_call *call)
{
	return !strcmp(call->name, "sendto") && call->argument_count == 6 &&
	       strcmp(call->arguments[4], "NULL");
}

static bool add_arguments(struct text_buffer *out, const struct row *row,
                          const struct strace_call *call, int fd)
{
	const char *kinds = names_peer(call) ? "f.nn.." : row->arguments;
	bool known = strlen(kinds) == call->argument_count;

	text_add(out, "%s(", names_peer(call) ? call->name : row->written);
	for (size_t i = 0; known && kinds[i] && kinds[i] != '-'; i++) {
		text_add(out, "%s", i ? ", " : "");
		known = add_argument(out, kinds[i], call, call->arguments[i], fd);
	}
	text_add(out, ")");
	return known;
}

/* ---- the whole ---- */

/* Data that came from a file, or went into a pipe: to the connection it is a write or a read. */
static void add_moved(struct text_buffer *out, const struct strace_call *call, int fd)
{
	const char *name = called_reads(call) ? "read" : "write";

	text_add(out, "%s(%d, ..., %s) = %s  // %s", name, fd, call->result, call->result,
	         call->name);
}

enum called called_text(const struct strace_call *call, int fd, int made, char text[CALLED_TEXT])
{
	struct text_buffer out = text_begin(text, CALLED_TEXT);
	const struct row *row = row_of(call);
	long result = strtol(call->result, NULL, 0);
	int64_t value;

	if (call->result[0] == '?')
		return CALLED_NOTHING;
	if (only_asks(call))
		return CALLED_ASKS;
	if (call->error && !symbol_find_in(SYMBOL_ERRNO, call->error, &value))
		return CALLED_UNKNOWN;
	if (row && row->written && add_arguments(&out, row, call, fd)) {
		if (call->error)
			text_add(&out, " = -1 %s", call->error);
		else
			text_add(&out, " = %ld", made ? made : result);
		return CALLED_WRITTEN;
	}
	out = text_begin(text, CALLED_TEXT);
	if (!row || !row->moves || call->error || result <= 0)
		return CALLED_UNKNOWN;
	add_moved(&out, call, fd);
	return CALLED_WRITTEN;
}

bool called_reads(const struct strace_call *call)
{
	const struct row *row = row_of(call);
	bool from_socket = call->argument_count && strstr(call->arguments[0], "<TCP");

	return row && (row->moves == MOVES_IN || (!strcmp(call->name, "splice") && from_socket));
}

bool called_writes(const struct strace_call *call)
{
	const struct row *row = row_of(call);

	return row && row->moves && !called_reads(call) &&
	       (!call->error || !strcmp(call->error, "EAGAIN"));
}

unsigned long called_moves(const struct strace_call *call, bool in)
{
	const struct row *row = row_of(call);

	if (!row || !row->moves || called_reads(call) != in || call->error ||
	    (in && strace_mentions(call, "MSG_PEEK")))
		return 0;
	return strtoul(call->result, NULL, 10);
}
