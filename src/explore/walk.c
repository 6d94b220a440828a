#include "explore/walk.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* ---- lines ---- */

void walk_say(struct walk *walk, usec_t wait, const char *format, ...)
{
	va_list args;

	wait = wait < walk->left ? wait : walk->left;
	walk->left -= wait;
	walk->stamp += (uint32_t)(wait / USEC_PER_MSEC);
	belief_waits(&walk->belief, wait);
	struct text_buffer lines =
		text_begin(walk->lines + walk->length, WALK_LINES - walk->length);
	text_add(&lines, "+%g  ", (double)wait / USEC_PER_SEC);
	va_start(args, format);
	text_vadd(&lines, format, args);
	va_end(args);
	text_add(&lines, "\n");
	walk->length += lines.length;
}

usec_t walk_pause(struct walk *walk)
{
	/* Before, at and behind the timers of Linux and of the RFCs. */
	static const unsigned short_ones[] = { 0, 0, 0, 0, 1, 10, 10, 45, 100, 210, 300, 600 },
			      long_ones[] = { 0,     0,     0,     1,     10,     45,
		                              210,   300,   600,   1100,  3000,   7000,
		                              20000, 59000, 61500, 65000, 130000, 260000 };
	const unsigned *rows = walk->patient ? long_ones : short_ones;
	size_t count = walk->patient ? sizeof(long_ones) / sizeof(*long_ones)
	                             : sizeof(short_ones) / sizeof(*short_ones);

	return rows[chance_below(&walk->chance, (unsigned)count)] * USEC_PER_MSEC;
}

/* ---- segments ---- */

static void keep_sent(struct walk *walk, const struct segment *segment)
{
	if (walk->sent_count == WALK_SENT) {
		memmove(&walk->sent[0], &walk->sent[1], sizeof(walk->sent) - sizeof(*segment));
		walk->sent_count--;
	}
	walk->sent[walk->sent_count++] = *segment;
}

const char *walk_ports(const struct walk *walk, bool of_peer, char text[WALK_PORTS])
{
	enum { OURS = 8080 };

	if (walk->port)
		snprintf(text, WALK_PORTS, "%u > %u ", of_peer ? walk->port : OURS,
		         of_peer ? OURS : walk->port);
	return walk->port ? text : "";
}

void walk_inject(struct walk *walk, usec_t wait, const struct segment *segment)
{
	struct segment written = *segment;
	char text[SEGMENT_TEXT], ports[WALK_PORTS];

	/* A SYN has the number that the script gives it; what else there is counts from it. */
	if (segment->tcp.flags & TCP_SYN)
		written.tcp.sequence += walk->first;
	/* As a router would mark it; nobody has agreed on that. */
	bool marked = !walk->belief.habits.plain && chance_percent(&walk->chance, 4);
	walk_say(walk, wait, "< %s%s%s", marked ? "(ect0) " : "", walk_ports(walk, true, ports),
	         segment_print(&written, text, sizeof(text)));
	belief_arrives(&walk->belief, segment, &walk->chance);
	keep_sent(walk, segment);
}
