#include "kernel/counters.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

/* ---- the files ---- */

struct counter {
	const char *group; /* "TcpExt"; "" when the name contains the group */
	const char *name;
	int64_t value;
};

/* Returns false when no more is wanted. */
typedef bool visitor(void *context, const struct counter *counter);

/* Returns the next word of a line, and ends it with NUL; NULL at the end of the line. */
static char *next_word(char **at)
{
	char *word = *at + strspn(*at, " ");

	if (*word == '\0')
		return NULL;
	*at = word + strcspn(word, " ");
	if (**at)
		*(*at)++ = '\0';
	return word;
}

/* Returns the next line, and ends it with NUL; NULL at the end of the text. */
static char *next_line(char **at)
{
	char *line = *at, *end = strchr(line, '\n');

	if (!end)
		return NULL;
	*end = '\0';
	*at = end + 1;
	return line;
}

/* A line with names, and below it one with numbers. Both begin with "Group:". */
static bool visit_pairs(char *text, visitor *visit, void *context)
{
	char *names, *numbers, *name, *number;
	bool more = true;

	while (more && (names = next_line(&text)) && (numbers = next_line(&text))) {
		struct counter counter = { .group = names };

		if (!next_word(&names) || !next_word(&numbers))
			continue;
		*strchrnul(counter.group, ':') = '\0';
		while (more && (name = next_word(&names)) && (number = next_word(&numbers))) {
			counter.name = name;
			counter.value = strtoll(number, NULL, 10);
			more = visit(context, &counter);
		}
	}
	return more;
}

/* A name and a number on each line. The names contain their group. */
static bool visit_lines(char *text, visitor *visit, void *context)
{
	struct counter counter = { .group = "" };
	char *line, *number;
	bool more = true;

	while (more && (line = next_line(&text))) {
		counter.name = line;
		number = line + strcspn(line, " \t");
		if (*number == '\0')
			continue;
		*number++ = '\0';
		counter.value = (int64_t)strtoull(number, NULL, 10);
		more = visit(context, &counter);
	}
	return more;
}

static const struct {
	const char *path;
	bool (*visit)(char *text, visitor *visit, void *context);
} files[COUNTER_FILES] = {
	/* thread-self, not self: in a namespace, the two can differ. */
	{ "/proc/thread-self/net/netstat", visit_pairs },
	{ "/proc/thread-self/net/snmp", visit_pairs },
	{ "/proc/thread-self/net/snmp6", visit_lines },
};

/*
 * Returns the text of a file, ended with NUL, which the caller frees; NULL when it cannot be read.
 */
static char *file_read(const char *path)
{
	size_t room = 16 << 10, length = 0;
	char *text = malloc(room);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	while (text && fd >= 0 && (n = read(fd, text + length, room - length - 1)) > 0) {
		char *more = NULL;

		length += (size_t)n;
		if (room - length > 1)
			continue;
		more = realloc(text, room *= 2);
		if (!more)
			break;
		text = more;
	}
	if (text)
		text[length] = '\0';
	if (fd >= 0)
		close(fd);
	return text;
}

static bool file_visit(size_t index, visitor *visit, void *context)
{
	char *text = file_read(files[index].path);
	bool more = !text || files[index].visit(text, visit, context);

	free(text);
	return more;
}

/* ---- one counter ---- */

enum { NO_MATCH, MATCH_ANY_GROUP, MATCH_TCP, MATCH_FULL };

struct search {
	const char *name;
	int best;
	int64_t value;
};

/* How well the group "Tcp" and the name "OutRsts" match `name`. */
static int name_match(const char *name, const struct counter *counter)
{
	size_t length = strlen(counter->group);

	if (!strncmp(name, counter->group, length) && !strcmp(name + length, counter->name))
		return MATCH_FULL;
	if (strcmp(name, counter->name))
		return NO_MATCH;
	return strncmp(counter->group, "Tcp", 3) ? MATCH_ANY_GROUP : MATCH_TCP;
}

static bool search_visit(void *context, const struct counter *counter)
{
	struct search *search = context;
	int match = name_match(search->name, counter);

	if (match > search->best) {
		search->best = match;
		search->value = counter->value;
	}
	return search->best != MATCH_FULL;
}

bool counter_read(const char *name, uint64_t *value)
{
	struct search search = { .name = name };

	for (size_t i = 0; i < COUNTER_FILES && search.best < MATCH_TCP; i++)
		file_visit(i, search_visit, &search);
	if (search.best != NO_MATCH)
		*value = (uint64_t)search.value;
	return search.best != NO_MATCH;
}

/* ---- all of them ---- */

/* Some of the values in these files are not counters. */
static bool is_setting(const struct counter *counter)
{
	static const char *const names[] = {
		"Forwarding", "DefaultTTL", "RtoAlgorithm", "RtoMin", "RtoMax", "MaxConn",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(names[i], counter->name))
			return true;
	return false;
}

static bool print_visit(void *context, const struct counter *counter)
{
	if (counter->value != 0 && !is_setting(counter))
		fprintf(context, "%s%s %lld\n", counter->group, counter->name,
		        (long long)counter->value);
	return true;
}

void counters_print(FILE *out)
{
	static const size_t order[COUNTER_FILES] = { 1, 0, 2 };

	for (size_t i = 0; i < COUNTER_FILES; i++)
		file_visit(order[i], print_visit, out);
}

/* ---- what moved ---- */

void counters_forget(struct counters_mark *mark)
{
	for (size_t i = 0; i < COUNTER_FILES; i++) {
		free(mark->text[i]);
		mark->text[i] = NULL;
	}
}

void counters_mark(struct counters_mark *mark)
{
	counters_forget(mark);
	for (size_t i = 0; i < COUNTER_FILES; i++)
		mark->text[i] = file_read(files[i].path);
}

/*
 * Every segment, or every segment of its kind, moves this counter. It does not tell what went
 * wrong.
 */
static bool is_traffic(const struct counter *counter)
{
	static const char *const names[] = {
		/* clang-format off */
		"InReceives", "InDelivers", "OutRequests", "OutTransmits",
		"InSegs", "OutSegs", "ActiveOpens", "PassiveOpens", "CurrEstab",
		"InMsgs", "OutMsgs", "InDatagrams", "OutDatagrams",
		"TCPHPHits", "TCPPureAcks", "TCPHPAcks", "TCPOrigDataSent", "TCPDelivered",
		"TCPAutoCorking", "DelayedACKs", "TCPBacklogCoalesce",
		"InOctets", "OutOctets", "InMcastPkts", "OutMcastPkts", "InMcastOctets",
		"OutMcastOctets", "InBcastPkts", "OutBcastPkts", "InBcastOctets", "OutBcastOctets",
		"InNoECTPkts", "InECT0Pkts", "InECT1Pkts", "InCEPkts",
		"Ip6InReceives", "Ip6InDelivers", "Ip6OutRequests", "Ip6OutTransmits",
		"Ip6InOctets", "Ip6OutOctets", "Ip6InMcastPkts", "Ip6OutMcastPkts",
		"Ip6InMcastOctets", "Ip6OutMcastOctets", "Ip6InNoECTPkts", "Ip6InECT0Pkts",
		"Ip6InECT1Pkts", "Ip6InCEPkts", "Icmp6InMsgs", "Icmp6OutMsgs", "Icmp6OutMLDv2Reports",
		"Icmp6OutRouterSolicits", "Icmp6OutNeighborSolicits", "Udp6InDatagrams", "Udp6OutDatagrams",
		/* clang-format on */
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(names[i], counter->name))
			return true;
	return false;
}

enum { COUNTERS_MAX = 1024 }; /* of one file */

/* The kernel writes these when they are no longer 0, among the others. */
static bool comes_and_goes(const struct counter *counter)
{
	return !strcmp(counter->group, "IcmpMsg") || !strncmp(counter->name, "Icmp6InType", 11) ||
	       !strncmp(counter->name, "Icmp6OutType", 12);
}

/*
 * The values of one file, in its order; but for those that come and go, a file of the same kernel
 * always has the same names.
 */
struct stand {
	int64_t values[COUNTERS_MAX];
	size_t count;
};

static bool stand_visit(void *context, const struct counter *counter)
{
	struct stand *stand = context;

	if (comes_and_goes(counter))
		return true;
	stand->values[stand->count++] = counter->value;
	return stand->count < COUNTERS_MAX;
}

struct movement {
	struct stand before;
	size_t next;
	struct text_buffer out;
};

static bool moved_visit(void *context, const struct counter *counter)
{
	struct movement *movement = context;
	bool tcp = !strncmp(counter->group, "Tcp", 3);

	if (comes_and_goes(counter))
		return true;
	size_t index = movement->next++;
	int64_t before = index < movement->before.count ? movement->before.values[index] : 0,
		moved = counter->value - before;
	if (moved != 0 && !is_setting(counter) && !is_traffic(counter))
		text_add(&movement->out, "%s%s%s %+lld", movement->out.length > 0 ? ", " : "",
		         tcp ? "" : counter->group, counter->name, (long long)moved);
	return true;
}

void counters_moved(const struct counters_mark *mark, char *text, size_t size)
{
	struct movement movement = { .out = text_begin(text, size) };

	for (size_t i = 0; i < COUNTER_FILES; i++) {
		char *copy = mark->text[i] ? strdup(mark->text[i]) : NULL;

		movement.next = movement.before.count = 0;
		if (copy)
			files[i].visit(copy, stand_visit, &movement.before);
		free(copy);
		file_visit(i, moved_visit, &movement);
	}
}
