#include "explore/stimulus.h"

#include <netinet/in.h>

/* Just half a circle away no number is before or behind another: two more, and two less, are. */
enum { HALF = 1u << 31, LENGTH_MOST = 1400 };

static void put_number(uint8_t *to, uint32_t number)
{
	for (int i = 0; i < 4; i++)
		to[i] = (uint8_t)(number >> (24 - 8 * i));
}

static uint32_t one_of(struct chance *chance, const uint32_t *list, size_t count)
{
	return list[chance_below(chance, (unsigned)count)];
}

#define COUNT(list) (sizeof(list) / sizeof(*(list)))

/* ---- options ---- */

static void add_stamp(struct segment *segment, uint32_t value)
{
	uint8_t *to = segment->tcp.options + segment->tcp.options_length;

	to[0] = to[1] = 1;
	to[2] = 8, to[3] = 10;
	put_number(to + 4, value);
	/* Without ACK nothing is echoed (RFC 7323 3.2). */
	put_number(to + 8, segment->tcp.flags & TCP_ACK ? STIMULUS_ECHO : 0);
	segment->tcp.options_length += 12;
}

/* Fills in the timestamp of a SYN. There is nothing to echo before the kernel has sent. */
static void stamp_syn(const struct walk *walk, struct segment *segment)
{
	uint8_t *options = segment->tcp.options;

	for (unsigned i = 0; i + 10 <= segment->tcp.options_length; i++)
		if (options[i] == 8 && options[i + 1] == 10) {
			put_number(options + i + 2, walk->stamp);
			put_number(options + i + 6,
			           segment->tcp.flags & TCP_ACK ? STIMULUS_ECHO : 0);
			return;
		}
}

void stimulus_add_sack(struct segment *segment, uint32_t begin, uint32_t end)
{
	uint8_t *to = segment->tcp.options + segment->tcp.options_length;

	to[0] = to[1] = 1;
	to[2] = 5, to[3] = 10;
	put_number(to + 4, begin);
	put_number(to + 8, end);
	segment->tcp.options_length += 12;
}

static void add_any_sack(struct walk *walk, struct segment *segment)
{
	const struct tcb *tcb = &walk->belief.tcb;
	struct chance *chance = &walk->chance;
	uint32_t flight = tcb->snd_nxt - tcb->snd_una;
	uint32_t begin = tcb->snd_una + (flight > 1 ? chance_below(chance, flight) : 0);
	uint32_t ends[] = { tcb->snd_nxt, tcb->snd_nxt + 1, begin + 1, begin, tcb->snd_una };

	stimulus_add_sack(segment, begin, one_of(chance, ends, COUNT(ends)));
}

/* ---- numbers at their edges ---- */

static uint32_t any_sequence(struct walk *walk, uint32_t length)
{
	const struct tcb *tcb = &walk->belief.tcb;
	struct chance *chance = &walk->chance;
	uint32_t ahead = tcb->ahead_count ? tcb->ahead[0].end : tcb->rcv_nxt + 10;
	uint32_t bases[] = { tcb->rcv_nxt,
		             tcb->rcv_nxt,
		             tcb->rcv_edge,
		             tcb->rcv_edge - length,
		             tcb->rcv_nxt - length,
		             tcb->irs + 1,
		             ahead,
		             tcb->rcv_nxt + HALF +
		                     (chance_percent(chance, 50) ? 2 : UINT32_MAX - 1),
		             tcb->peer_fin_seen ? tcb->peer_fin : tcb->rcv_nxt + 100,
		             tcb->rcv_nxt + 70000 };
	uint32_t off[] = { 0, 0, 1, UINT32_MAX };

	return one_of(chance, bases, COUNT(bases)) + one_of(chance, off, COUNT(off));
}

static uint32_t any_ack(struct walk *walk)
{
	const struct tcb *tcb = &walk->belief.tcb;
	struct chance *chance = &walk->chance;
	uint32_t bases[] = { tcb->snd_nxt,
		             tcb->snd_nxt,
		             tcb->snd_una,
		             tcb->snd_una,
		             tcb->iss,
		             tcb->fin_sent ? tcb->fin : tcb->snd_nxt + 10,
		             tcb->snd_una - tcb->max_window,
		             tcb->snd_una - 10,
		             tcb->snd_nxt + HALF +
		                     (chance_percent(chance, 50) ? 2 : UINT32_MAX - 1),
		             tcb->snd_edge };
	uint32_t off[] = { 0, 0, 1, UINT32_MAX };

	return one_of(chance, bases, COUNT(bases)) + one_of(chance, off, COUNT(off));
}

static uint32_t any_stamp(struct walk *walk)
{
	const struct tcb *tcb = &walk->belief.tcb;
	uint32_t values[] = { tcb->stamp_recent,         tcb->stamp_recent - 1,
		              tcb->stamp_recent - 2,     tcb->stamp_recent + 1,
		              tcb->stamp_recent + HALF,  tcb->stamp_recent - 1000,
		              tcb->stamp_recent + 100000 };

	return one_of(&walk->chance, values, COUNT(values));
}

static uint32_t any_length(struct walk *walk)
{
	uint32_t room = tcb_receive_window(&walk->belief.tcb);
	uint32_t lengths[] = { 0, 0, 1, 1, 10, 100, 1000, room, room + 1, room - 1 };
	uint32_t length = one_of(&walk->chance, lengths, COUNT(lengths));

	return length > LENGTH_MOST ? LENGTH_MOST : length;
}

static unsigned any_flags(struct walk *walk)
{
	static const unsigned flags[] = {
		TCP_ACK,
		TCP_ACK,
		TCP_PSH | TCP_ACK,
		TCP_FIN | TCP_ACK,
		TCP_FIN | TCP_ACK,
		TCP_FIN | TCP_PSH | TCP_ACK,
		TCP_RST,
		TCP_RST,
		TCP_RST | TCP_ACK,
		TCP_SYN,
		TCP_SYN,
		TCP_SYN | TCP_ACK,
		TCP_SYN | TCP_FIN,
		TCP_SYN | TCP_RST,
		TCP_FIN | TCP_RST | TCP_ACK,
		TCP_FIN,
		0,
		TCP_PSH,
		TCP_FIN | TCP_SYN | TCP_ACK,
	};

	return flags[chance_below(&walk->chance, COUNT(flags))];
}

/* ---- segments ---- */

void stimulus_right(struct walk *walk, unsigned flags, uint32_t length, struct segment *segment)
{
	const struct tcb *tcb = &walk->belief.tcb;

	*segment = (struct segment){ .protocol = IPPROTO_TCP, .payload_length = length };
	segment->tcp.flags = (uint16_t)flags;
	segment->tcp.sequence = tcb->receive_known ? tcb->rcv_nxt : flags & TCP_SYN ? 0 : 1;
	segment->tcp.acknowledgment = flags & TCP_ACK ? tcb->snd_nxt : 0;
	segment->tcp.window = walk->belief.habits.window;
	if (flags & TCP_SYN) {
		belief_offer(&walk->belief.habits, segment);
		stamp_syn(walk, segment);
	} else if (walk->belief.habits.stamps)
		add_stamp(segment, walk->stamp);
}

void stimulus_any(struct walk *walk, struct segment *segment)
{
	static const uint32_t windows[] = { 0, 0, 1, 2, 8, 65535 };
	struct chance *chance = &walk->chance;
	uint32_t length = any_length(walk);
	bool data = chance_percent(chance, 40);

	stimulus_right(walk, chance_percent(chance, 35) ? TCP_ACK : any_flags(walk),
	               data ? length : 0, segment);
	if (chance_percent(chance, 50))
		segment->tcp.sequence = any_sequence(walk, segment->payload_length);
	if (chance_percent(chance, 40) && segment->tcp.flags & TCP_ACK)
		segment->tcp.acknowledgment = any_ack(walk);
	if (chance_percent(chance, 20))
		segment->tcp.window = (uint16_t)one_of(chance, windows, COUNT(windows));
	if (segment->tcp.flags & TCP_SYN)
		return;
	if (walk->belief.habits.stamps && chance_percent(chance, 20)) {
		segment->tcp.options_length = 0;
		if (chance_percent(chance, 85))
			add_stamp(segment, any_stamp(walk));
	}
	if (walk->belief.habits.sack && chance_percent(chance, 15))
		add_any_sack(walk, segment);
}
