/*
 * Tokens to tree. The actions only build: no name is looked up and no number is judged here. The
 * one exception is what the scanner must know at once, a --define, and what is another text, an
 * include.
 */
%code requires {
#include "base/source.h"
#include "script/ast.h"

struct parsing;
struct token_number {
	int64_t value;
	bool too_long;                  /* for 64 bits; the digits of a cookie may be */
	const char *text;
};
}

%code {
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "script/parse.h"
#include "script/cases.h"
#include "script/directives.h"
#include "script/scanner.h"

/*
 * The memory of an event's nodes. While events are taken it comes from two arenas in turn: the
 * parser may have looked ahead into the next event already when it completes one.
 */
struct node_memory {
	const struct event_taker *taker;        /* NULL: all events stay in the tree */
	struct arena *arenas[2];        /* NULL: none was taken yet */
	unsigned current;
};

struct parsing {
	struct arena *arena;
	struct node_memory *memory;
	struct sources *sources;
	const struct source_text *text;
	struct defines *defines;
	struct diag *diag;
	struct script *script;
	struct event_node **next_event;
	struct option_node **next_option;
	struct directive_node **next_directive;
	bool within_event;              /* where the last syntax error was */
	const struct when *when;        /* of the next event, whatever it says itself; or NULL */
	const struct parsing *outer;    /* of the text that includes this one */
	unsigned depth, *texts;         /* texts within texts, and of all of them */
};

enum { DEPTH_MAX = 16, TEXTS_MAX = 10000, EXPECTED_MAX = 6 };

#define YYLLOC_DEFAULT(Current, Rhs, N)                                         \
	do {                                                                    \
		if (N) {                                                        \
			(Current).begin = YYRHSLOC(Rhs, 1).begin;               \
			(Current).end = YYRHSLOC(Rhs, N).end;                   \
		} else {                                                        \
			(Current).begin = (Current).end = YYRHSLOC(Rhs, 0).end; \
		}                                                               \
	} while (0)
#define YYMAXDEPTH 2000

int script_lex(YYSTYPE *value, YYLTYPE *where, void *scanner);

static void yyerror(const struct range *where, struct parsing *p, void *scanner,
                    const char *message);

static struct arena *nodes(const struct parsing *p);
static struct expr *node(struct parsing *p, enum expr_kind kind, struct range where);
static struct expr *node_number(struct parsing *p, enum expr_kind kind, struct token_number number,
                                struct range where);
static struct expr *node_digits(struct parsing *p, struct token_number number, struct range where);
static struct expr *node_word(struct parsing *p, enum expr_kind kind, struct word word);
static struct expr *node_pair(struct parsing *p, enum expr_kind kind, struct expr *left,
                              struct expr *right);
static struct expr *node_items(struct parsing *p, enum expr_kind kind, struct expr_list items,
                               struct range where);
static struct expr *node_or(struct parsing *p, struct expr *left, struct expr *right);
static struct expr *join_strings(struct parsing *p, struct expr_list strings, struct range where);
static struct word flag_word(const char *text, struct range where);
static struct word flag_number(struct parsing *p, struct word word, struct token_number number,
                               struct range where);
static usec_t time_value(struct parsing *p, const struct expr *expr);
static void add_event(struct parsing *p, struct event_node *event, struct when when,
                      struct range where);
static void add_option(struct parsing *p, struct option_node *option);
static void add_directive(struct parsing *p, struct directive_node *directive);
static void add_command(struct parsing *p, struct word command);
}

%define api.pure full
%define api.prefix {script_}
%define api.location.type {struct range}
%define parse.error custom
%locations
%expect 0
%parse-param { struct parsing *p } { void *scanner }
%lex-param   { void *scanner }
%initial-action { @$.begin = @$.end = p->text->base; }

%union {
	struct word word;
	struct token_number number;
	struct expr *expr;
	struct expr_list list;
	bool flag;
	struct option_node *option;
	struct directive_node *directive;
	struct when when;
	struct event_node *event;
	struct packet_node *packet;
	struct call_node *call;
}

%token <word> WORD "word" NAMED "name" PROTOCOL "protocol" LAYER "layer" ADDRESS "address"
%token <word> BACKQUOTED "`command`" CODE "%{ code }%"
%token <number> NUMBER "number" FLOAT "number with a fraction"
%token <expr> STRING "string"
%token <option> OPTION "--option"
%token <directive> DIRECTIVE "directive"
%token ELLIPSIS "..." ALTERNATIVE "or"

%type <word> word flags note_opt left_out_opt encapsulation
%type <expr> number duration end_opt primary name expr result sequence length ports_opt
%type <expr> attribute value option payload_opt range tail_item quote_opt ip_item
%type <expr> layer_item
%type <list> layers layer_items
%type <list> expr_list expr_list_opt attributes options_opt option_list option_words ip_opt ip_items tail
%type <list> icmp_attributes tail_words strings
%type <flag> absolute_opt
%type <when> time
%type <event> action
%type <packet> packets packet tcp udp icmp
%type <call> call statement action_words

%precedence '='
%left '|'

%%

script: %empty | script item ;

item:
  OPTION                        { add_option(p, $1); }
| DIRECTIVE                     { add_directive(p, $1); }
| BACKQUOTED                    { add_command(p, $1); }
| time action                   { add_event(p, $2, $1, @2); }
| error                         {
	/* Each of them copies the rest of the text. */
	if (diag_error_count(p->diag) >= DIAG_MAX_ERRORS)
		YYABORT;
	scanner_skip_event(scanner, p->within_event); yyclearin; yyerrok;
	p->within_event = false;
  }
;

/* ---- time ---- */

time:
  '+' duration                  { $$ = (struct when){ WHEN_RELATIVE, @$, time_value(p, $2), 0 }; }
| duration                      { $$ = (struct when){ WHEN_ABSOLUTE, @$, time_value(p, $1), 0 }; }
| '*'                           { $$ = (struct when){ WHEN_ANY, @$, 0, 0 }; }
| duration '~' duration         { $$ = (struct when){ WHEN_ABSOLUTE_RANGE, @$, time_value(p, $1), time_value(p, $3) }; }
| '+' duration '~' '+' duration { $$ = (struct when){ WHEN_RELATIVE_RANGE, @$, time_value(p, $2), time_value(p, $5) }; }
;

duration: number ;

number:
  NUMBER                        { $$ = node_number(p, EXPR_NUMBER, $1, @1); }
| FLOAT                         { $$ = node_number(p, EXPR_FLOAT, $1, @1); }
;

action:
  packets                       { $$ = arena_alloc(nodes(p), sizeof(*$$)); $$->form = FORM_PACKET; $$->packet = $1; }
| word packets                  { $$ = arena_alloc(nodes(p), sizeof(*$$)); $$->form = FORM_PACKET; $$->packet = $2; $$->packet->modifier = $1; }
| STRING                        { $$ = arena_alloc(nodes(p), sizeof(*$$)); $$->form = FORM_TEXT; $$->text = $1->text; }
| call                          { $$ = arena_alloc(nodes(p), sizeof(*$$)); $$->form = FORM_CALL; $$->call = $1; }
| BACKQUOTED                    { $$ = arena_alloc(nodes(p), sizeof(*$$)); $$->form = FORM_COMMAND; $$->text = $1.text; }
| CODE                          { $$ = arena_alloc(nodes(p), sizeof(*$$)); $$->form = FORM_CODE; $$->text = $1.text; }
;

/* ---- packets ---- */

packets:
  packet
| packets ALTERNATIVE packet    {
	struct packet_node *last = $$ = $1;
	while (last->alternative)
		last = last->alternative;
	last->alternative = $3;
  }
;

packet:
  '<' layers tcp                { $$ = $3; $$->outer = $2.first; $$->inbound = true; }
| '>' layers tcp                { $$ = $3; $$->outer = $2.first; }
| '<' layers udp                { $$ = $3; $$->outer = $2.first; $$->inbound = true; }
| '>' layers udp                { $$ = $3; $$->outer = $2.first; }
| '<' layers icmp               { $$ = $3; $$->outer = $2.first; $$->inbound = true; }
| '>' layers icmp               { $$ = $3; $$->outer = $2.first; }
;

/* Headers around the packet: "ipv4 A > B: gre: mpls (label 5, tc 0, [S], ttl 9):" */
layers:
  %empty                        { $$ = (struct expr_list){ NULL, NULL }; }
| layers LAYER layer_items ':'  {
	struct expr *layer = node_items(p, EXPR_CALL, $3, @2);
	layer->text = $2.text;
	$$ = $1;
	expr_append(&$$, layer);
  }
;

layer_items:
  %empty                        { $$ = (struct expr_list){ NULL, NULL }; }
| layer_items ','               { $$ = $1; }
| layer_items layer_item        { $$ = $1; expr_append(&$$, $2); }
;

layer_item:
  word                          { $$ = node_word(p, EXPR_WORD, $1); }
| word NUMBER                   { $$ = node_pair(p, EXPR_FIELD, node_word(p, EXPR_WORD, $1), node_number(p, EXPR_NUMBER, $2, @2)); }
| word '=' NUMBER               { $$ = node_pair(p, EXPR_FIELD, node_word(p, EXPR_WORD, $1), node_number(p, EXPR_NUMBER, $3, @3)); }
| ADDRESS '>' ADDRESS           { $$ = node_pair(p, EXPR_PAIR, node_word(p, EXPR_ADDRESS, $1), node_word(p, EXPR_ADDRESS, $3)); }
| '(' layer_items ')'           { $$ = node_items(p, EXPR_CALL, $2, @$); $$->text = ""; }
| '[' layer_items ']'           { $$ = node_items(p, EXPR_LIST, $2, @$); }
;

tcp:
  ip_opt ports_opt flags sequence length absolute_opt attributes options_opt left_out_opt payload_opt {
	$$ = arena_alloc(nodes(p), sizeof(*$$));
	*$$ = (struct packet_node){ .protocol = PACKET_TCP, .ip = $1.first, .ports = $2, .flags = $3,
		.sequence = $4, .length = $5, .absolute = $6, .attributes = $7.first,
		.options = $8.first };
	if ($8.first)
		$$->options_where = @8;
	$$->left_out = $9;
	$$->payload = $10;
  }
;

payload_opt: %empty { $$ = NULL; } | strings { $$ = join_strings(p, $1, @1); } ;

absolute_opt:
  %empty                        { $$ = false; }
| '!'                           { $$ = true; }
;

options_opt:
  %empty                        { $$ = (struct expr_list){ NULL, NULL }; }
| '<' option_list '>'           { $$ = $2; }
;

/* What nplab's packetdrill has behind a segment; the word is why there is none here. */
left_out_opt:
  %empty                        { $$ = (struct word){ NULL, { 0, 0 } }; }
| encapsulation
| '[' NAMED NUMBER ',' NAMED NUMBER ']' { $$ = (struct word){ "Linux neither sends a reason with a RST, nor reads one", @$ }; }
;

encapsulation:
  '/' PROTOCOL '(' NUMBER '>' NUMBER ')' { $$ = (struct word){ "Linux has no TCP over UDP", @$ }; }
;

udp: ip_opt PROTOCOL ports_opt length {
	$$ = arena_alloc(nodes(p), sizeof(*$$));
	*$$ = (struct packet_node){ .protocol = PACKET_UDP, .ip = $1.first, .ports = $3, .length = $4,
		.flags = $2 };
  }
;

icmp:
  ip_opt PROTOCOL word icmp_attributes quote_opt {
	$$ = arena_alloc(nodes(p), sizeof(*$$));
	*$$ = (struct packet_node){ .protocol = PACKET_ICMP, .ip = $1.first, .icmp_type = $3,
		.flags = $2, .attributes = $4.first, .quote = $5 };
  }
| ip_opt PROTOCOL word WORD icmp_attributes quote_opt {
	$$ = arena_alloc(nodes(p), sizeof(*$$));
	*$$ = (struct packet_node){ .protocol = PACKET_ICMP, .ip = $1.first, .icmp_type = $3,
		.icmp_code = $4, .flags = $2, .attributes = $5.first, .quote = $6 };
  }
;

icmp_attributes:
  %empty                        { $$ = (struct expr_list){ NULL, NULL }; }
| icmp_attributes NAMED value   { $$ = $1; expr_append(&$$, node_pair(p, EXPR_FIELD, node_word(p, EXPR_WORD, $2), $3)); }
;

quote_opt:
  %empty                        { $$ = NULL; }
| '[' sequence length ']'       {
	struct expr_list items = { NULL, NULL };
	expr_append(&items, $2);
	expr_append(&items, $3);
	$$ = node_items(p, EXPR_CALL, items, @$);
	$$->text = "tcp";
  }
| '[' sequence length encapsulation ']' {
	diag_error(p->diag, $4.where, "%s", $4.text);
	$$ = NULL;
}
| '[' PROTOCOL length ']'       {
	struct expr_list items = { NULL, NULL };
	expr_append(&items, $3);
	$$ = node_items(p, EXPR_CALL, items, @$);
	$$->text = $2.text;
  }
;

ip_opt:
  %empty                        { $$ = (struct expr_list){ NULL, NULL }; }
| '(' ip_items ')'              { $$ = $2; }
| '[' ip_items ']'              { $$ = $2; }
;

ip_items:
  ip_item                       { $$ = (struct expr_list){ NULL, NULL }; expr_append(&$$, $1); }
| ip_items ',' ip_item          { $$ = $1; expr_append(&$$, $3); }
;

ip_item:
  word                          { $$ = node_word(p, EXPR_WORD, $1); }
| word value                    { $$ = node_pair(p, EXPR_FIELD, node_word(p, EXPR_WORD, $1), $2); }
| word word                     { $$ = node_word(p, EXPR_WORD, $1); $$->text = arena_printf(p->arena, "%s %s", $1.text, $2.text); $$->where = @$; }
;

ports_opt:
  %empty                        { $$ = NULL; }
| NUMBER '>' NUMBER             { $$ = node_pair(p, EXPR_PAIR, node_number(p, EXPR_NUMBER, $1, @1), node_number(p, EXPR_NUMBER, $3, @3)); }
;

/* "P." reaches us as a word and a full stop; an ACE count (".5") as a number with a fraction. */
flags:
  word                          { $$ = $1; }
| word '.'                      { $$ = flag_word(arena_printf(p->arena, "%s.", $1.text), @$); }
| word '.' word                 { $$ = flag_word(arena_printf(p->arena, "%s.%s", $1.text, $3.text), @$); }
| word FLOAT                    { $$ = flag_number(p, $1, $2, @$); }
| FLOAT                         { $$ = flag_number(p, (struct word){ "", @1 }, $1, @$); }
| '.'                           { $$ = flag_word(".", @1); }
| '-'                           { $$ = flag_word("-", @1); }
;

sequence:
  NUMBER ':' NUMBER             { $$ = node_pair(p, EXPR_PAIR, node_number(p, EXPR_NUMBER, $1, @1), node_number(p, EXPR_NUMBER, $3, @3)); }
| '*'                           { $$ = node(p, EXPR_STAR, @1); }
| ELLIPSIS                      { $$ = node(p, EXPR_STAR, @1); }
;

length:
  '(' NUMBER ')'                { $$ = node_number(p, EXPR_NUMBER, $2, @2); }
| '(' '*' ')'                   { $$ = node(p, EXPR_STAR, @2); }
;

attributes:
  %empty                        { $$ = (struct expr_list){ NULL, NULL }; }
| attributes attribute          { $$ = $1; expr_append(&$$, $2); }
;

attribute: word value           { $$ = node_pair(p, EXPR_FIELD, node_word(p, EXPR_WORD, $1), $2); } ;

value:
  NUMBER                        { $$ = node_number(p, EXPR_NUMBER, $1, @1); }
| '*'                           { $$ = node(p, EXPR_STAR, @1); }
;

option_list:
  option                        { $$ = (struct expr_list){ NULL, NULL }; expr_append(&$$, $1); }
| option_list ',' option        { $$ = $1; expr_append(&$$, $3); }
;

option:
  ELLIPSIS                      { $$ = node(p, EXPR_ELLIPSIS, @1); }
| word option_words             { $$ = node_items(p, EXPR_CALL, $2, @$); $$->text = $1.text; }
| NUMBER                        { $$ = node_items(p, EXPR_CALL, (struct expr_list){ NULL, NULL }, @$); $$->text = $1.text; }
| PROTOCOL option_words         { $$ = node_items(p, EXPR_CALL, $2, @$); $$->text = $1.text; }
;

option_words:
  %empty                        { $$ = (struct expr_list){ NULL, NULL }; }
| option_words word             { $$ = $1; expr_append(&$$, node_word(p, EXPR_WORD, $2)); }
| option_words NUMBER           { $$ = $1; expr_append(&$$, node_digits(p, $2, @2)); }
| option_words NUMBER '!'       { $$ = $1; expr_append(&$$, node_number(p, EXPR_ABSOLUTE, $2, @$)); }
| option_words '*'              { $$ = $1; expr_append(&$$, node(p, EXPR_STAR, @2)); }
| option_words ELLIPSIS         { $$ = $1; expr_append(&$$, node(p, EXPR_STAR, @2)); }
| option_words NUMBER ':' NUMBER {
	$$ = $1;
	expr_append(&$$, node_pair(p, EXPR_PAIR, node_number(p, EXPR_NUMBER, $2, @2), node_number(p, EXPR_NUMBER, $4, @4)));
  }
;

/* ---- calls, and what looks like one ---- */

call:
  statement                     { $$ = $1; }
| end_opt statement             { $$ = $2; $$->blocking = true; $$->end = $1; }
;

end_opt: ELLIPSIS duration      { $$ = $2; $$->number = time_value(p, $2); $$->kind = EXPR_FLOAT; } ;

statement:
  action_words
| word ':' action_words         { $$ = $3; $$->actor = $1; }
;

action_words:
  word                          { $$ = arena_alloc(nodes(p), sizeof(*$$)); $$->name = $1; }
| word '=' result note_opt tail { $$ = arena_alloc(nodes(p), sizeof(*$$)); $$->name = $1; $$->result = $3; $$->tail = $5.first; }
| word '(' expr_list_opt ')'    { $$ = arena_alloc(nodes(p), sizeof(*$$)); $$->name = $1; $$->has_arguments = true; $$->arguments = $3.first; }
| word '(' expr_list_opt ')' '=' result note_opt tail {
	$$ = arena_alloc(nodes(p), sizeof(*$$));
	$$->name = $1; $$->has_arguments = true; $$->arguments = $3.first; $$->result = $6; $$->tail = $8.first;
  }
| word '(' expr_list_opt ')' '=' result word note_opt tail {
	$$ = arena_alloc(nodes(p), sizeof(*$$));
	$$->name = $1; $$->has_arguments = true; $$->arguments = $3.first; $$->result = $6; $$->error = $7; $$->tail = $9.first;
  }
;

result: range | word            { $$ = node_word(p, EXPR_WORD, $1); }
| ELLIPSIS                      { $$ = node(p, EXPR_ELLIPSIS, @1); }
;

range:
  number
| number '~' number             { $$ = node_pair(p, EXPR_PAIR, $1, $3); }
;

/* strerror(3)'s words behind an errno: for the reader only. */
note_opt:
  %empty                        { $$ = (struct word){ NULL, { 0, 0 } }; }
| '(' note ')'                  { $$ = (struct word){ NULL, { 0, 0 } }; }
;

note: note_word | note note_word ;
note_word: word | ALTERNATIVE | number | '-' | ',' | '.' | ':' | PROTOCOL | LAYER ;

tail:
  %empty                        { $$ = (struct expr_list){ NULL, NULL }; }
| tail ',' tail_words           {
	$$ = $1;
	if ($$.last)
		$$.last->next = $3.first;
	else
		$$.first = $3.first;
	$$.last = $3.last;
  }
;

tail_words:
  tail_item                     { $$ = (struct expr_list){ NULL, NULL }; expr_append(&$$, $1); }
| tail_words tail_item          { $$ = $1; expr_append(&$$, $2); }
;

tail_item:
  WORD                          { $$ = node_word(p, EXPR_WORD, $1); }
| NAMED range                   { $$ = node_pair(p, EXPR_FIELD, node_word(p, EXPR_WORD, $1), $2); }
;

/* ---- expressions ---- */

expr_list_opt:
  %empty                        { $$ = (struct expr_list){ NULL, NULL }; }
| expr_list
;

expr_list:
  expr                          { $$ = (struct expr_list){ NULL, NULL }; expr_append(&$$, $1); }
| expr_list ',' expr            { $$ = $1; expr_append(&$$, $3); }
;

expr:
  primary
| expr '|' expr                 { $$ = node_or(p, $1, $3); }
| name '=' expr                 { $$ = node_pair(p, EXPR_FIELD, $1, $3); }
| NUMBER '>' NUMBER             { $$ = node_pair(p, EXPR_PAIR, node_number(p, EXPR_NUMBER, $1, @1), node_number(p, EXPR_NUMBER, $3, @3)); }
;

primary:
  number
| name
| ADDRESS                       { $$ = node_word(p, EXPR_ADDRESS, $1); }
| ELLIPSIS                      { $$ = node(p, EXPR_ELLIPSIS, @1); }
| strings                       { $$ = join_strings(p, $1, @$); }
| strings ELLIPSIS              { $$ = join_strings(p, $1, @$); $$->kind = EXPR_PREFIX; }
| '[' expr_list_opt ']'         { $$ = node_items(p, EXPR_LIST, $2, @$); }
| '{' expr_list '}'             { $$ = node_items(p, EXPR_RECORD, $2, @$); }
;

/* What can have a value: name=value, msg_iov(1)=value. */
name:
  word                          { $$ = node_word(p, EXPR_WORD, $1); }
| PROTOCOL                      { $$ = node_word(p, EXPR_WORD, $1); }
| LAYER                         { $$ = node_word(p, EXPR_WORD, $1); }
| word '(' expr_list_opt ')'    { $$ = node_items(p, EXPR_CALL, $3, @$); $$->text = $1.text; }
;

strings:
  STRING                        { $$ = (struct expr_list){ NULL, NULL }; expr_append(&$$, $1); }
| strings STRING                { $$ = $1; expr_append(&$$, $2); }
;

word: WORD | NAMED ;

%%

static struct arena *nodes(const struct parsing *p)
{
	struct arena *arena = p->memory->arenas[p->memory->current];

	return arena ? arena : p->arena;
}

static struct expr *node(struct parsing *p, enum expr_kind kind, struct range where)
{
	return expr_new(nodes(p), kind, where);
}

static struct expr *node_number(struct parsing *p, enum expr_kind kind, struct token_number number,
                                struct range where)
{
	struct expr *expr = node(p, kind, where);

	if (number.too_long)
		diag_error(p->diag, where, "the number %s does not fit in 64 bits", number.text);
	expr->number = number.value;
	expr->text = number.text;
	return expr;
}

/* A number, or the digits of something that is none. */
static struct expr *node_digits(struct parsing *p, struct token_number number, struct range where)
{
	return number.too_long ? node_word(p, EXPR_WORD, (struct word){ number.text, where })
	                       : node_number(p, EXPR_NUMBER, number, where);
}

static struct expr *node_word(struct parsing *p, enum expr_kind kind, struct word word)
{
	struct expr *expr = node(p, kind, word.where);

	expr->text = word.text;
	expr->length = (uint32_t)strlen(word.text);
	return expr;
}

static struct expr *node_pair(struct parsing *p, enum expr_kind kind, struct expr *left,
                              struct expr *right)
{
	struct expr *expr = node(p, kind, (struct range){ left->where.begin, right->where.end });

	expr->left = left;
	expr->right = right;
	return expr;
}

static struct expr *node_items(struct parsing *p, enum expr_kind kind, struct expr_list items,
                               struct range where)
{
	struct expr *expr = node(p, kind, where);

	expr->items = items.first;
	return expr;
}

/* A chain of '|' is one node: however long it is, nothing recurses into it. */
static struct expr *node_or(struct parsing *p, struct expr *left, struct expr *right)
{
	struct expr *expr = left;

	if (left->kind != EXPR_OR) {
		expr = node(p, EXPR_OR, left->where);
		expr->items = expr->right = left;
	}
	expr->right->next = right;
	expr->right = right;
	expr->where.end = right->where.end;
	return expr;
}

static struct expr *join_strings(struct parsing *p, struct expr_list strings, struct range where)
{
	struct expr *expr = node(p, EXPR_STRING, where);
	size_t length = 0;

	for (const struct expr *part = strings.first; part; part = part->next)
		length += part->length;
	char *text = arena_alloc(p->arena, length + 1);
	expr->text = text;
	expr->length = (uint32_t)length;
	for (const struct expr *part = strings.first; part; text += part->length, part = part->next)
		memcpy(text, part->text, part->length);
	return expr;
}

static struct word flag_word(const char *text, struct range where)
{
	return (struct word){ text, where };
}

static struct word flag_number(struct parsing *p, struct word word, struct token_number number,
                               struct range where)
{
	return (struct word){ arena_printf(p->arena, "%s%s", word.text, number.text), where };
}

static usec_t time_value(struct parsing *p, const struct expr *expr)
{
	if (expr->number < 0) {
		diag_error(p->diag, expr->where, "a time cannot be negative");
		return 0;
	}
	int64_t unit = expr->kind == EXPR_FLOAT ? 1 : USEC_PER_SEC;
	if (expr->number > INT32_MAX * (int64_t)USEC_PER_SEC / unit) {
		diag_error(p->diag, expr->where, "the time %s s is too long", expr->text);
		return 0;
	}
	return expr->number * unit;
}

static bool parse_text(struct parsing *p, const struct source_text *text,
                       const struct case_table *table);

/*
 * A text within this one. That it may not be nested too deeply, nor in too many pieces, is what ends
 * an include of itself, or a define that stands for itself.
 */
static bool begin_inner(struct parsing *p, const struct source_text *text, struct range where,
                        struct parsing *inner)
{
	const char *why = !text ? "all texts together are too large" :
		p->depth >= DEPTH_MAX ? "texts are nested too deeply" :
		*p->texts >= TEXTS_MAX ? "there are too many texts within this one" : NULL;

	if (why) {
		diag_error(p->diag, where, "%s", why);
		return false;
	}
	++*p->texts;
	*inner = *p;
	inner->outer = p;
	inner->depth++;
	return true;
}

static void end_inner(struct parsing *p, const struct parsing *inner)
{
	p->next_event = inner->next_event;
	p->next_option = inner->next_option;
	p->next_directive = inner->next_directive;
}

/*
 * A string in the place of an action is the action written in it, or none: so a table of cases can
 * have different ones. It is a text of its own, parsed behind a time that is then replaced.
 */
static void add_written_event(struct parsing *p, const struct event_node *event, struct when when,
                              struct range where)
{
	const char *action = event->text;

	if (!action[strspn(action, " \t")])
		return;
	struct parsing inner;
	const char *text = arena_printf(p->arena, "+0 %s\n", action);
	const struct source_text *source = sources_add_inner(p->sources, where, text, strlen(text));
	if (!begin_inner(p, source, where, &inner))
		return;
	inner.when = &when;
	parse_text(&inner, source, NULL);
	end_inner(p, &inner);
}

/* Puts the event into the tree, unless somebody takes it. */
static void hand_on(struct parsing *p, struct event_node *event)
{
	struct node_memory *memory = p->memory;

	if (!memory->taker || !memory->taker->take(memory->taker->context, p->script, event)) {
		*p->next_event = event;
		p->next_event = &event->next;
		return;
	}
	memory->current ^= 1;
	if (memory->arenas[memory->current])
		arena_reset(memory->arenas[memory->current]);
	else
		memory->arenas[memory->current] = arena_new();
}

static void add_event(struct parsing *p, struct event_node *event, struct when when,
                      struct range where)
{
	if (p->when)
		when = *p->when;
	p->when = NULL;
	if (event->form == FORM_TEXT) {
		add_written_event(p, event, when, where);
		return;
	}
	event->when = when;
	event->where = where;
	p->script->event_count++;
	if (p->script->cleanup_command.text) {
		diag_error(p->diag, p->script->cleanup_command.where,
		           "a command without a time is only allowed before the first event or "
		           "after the last");
		diag_hint(p->diag, "write +0 before it to run it here");
		p->script->cleanup_command.text = NULL;
	}
	hand_on(p, event);
}

static void add_option(struct parsing *p, struct option_node *option)
{
	if (p->script->event_count)
		diag_error(p->diag, option->name.where, "options come before the first event");
	*p->next_option = option;
	p->next_option = &option->next;
	if (!strcmp(option->name.text, "define") && option->value.text)
		defines_add(p->defines, p->arena, option->value.text, false);
}

static void add_command(struct parsing *p, struct word command)
{
	struct word *place = p->script->event_count ? &p->script->cleanup_command
	                                            : &p->script->init_command;

	if (place->text)
		diag_error(p->diag, command.where, "there is already a%s command without a time",
		           p->script->event_count ? " cleanup" : "n init");
	*place = command;
}

/* include "path": relative to the including file. */
static void add_include(struct parsing *p, const struct directive_node *directive)
{
	const char *name = directive->text.text;
	size_t length = strlen(name);

	if (length < 3 || name[0] != '"' || name[length - 1] != '"') {
		diag_error(p->diag, directive->name.where, "include wants a file name in double quotes");
		return;
	}
	const char *slash = strrchr(p->text->path, '/');
	int folder = slash && name[1] != '/' ? (int)(slash - p->text->path) + 1 : 0;
	const char *path = arena_printf(p->arena, "%.*s%.*s", folder, p->text->path,
	                                (int)length - 2, name + 1);
	const char *why;
	for (const struct parsing *outer = p; outer; outer = outer->outer)
		if (!strcmp(outer->text->path, path)) {
			diag_error(p->diag, directive->text.where, "%s includes itself", path);
			return;
		}
	const struct source_text *text = sources_include(p->sources, path, &why);
	struct parsing inner;
	if (!text)
		diag_error(p->diag, directive->text.where, "cannot read %s: %s", path, why);
	else if (cases_begin(text->text))
		diag_error(p->diag, directive->text.where, "%s has a table of cases, which only the script "
		           "itself may have", path);
	else if (begin_inner(p, text, directive->text.where, &inner)) {
		parse_text(&inner, text, NULL);
		end_inner(p, &inner);
	}
}

/* The words of a value that are defined stand for other text here, too, unless it is a string. */
static const char *replace_words(struct parsing *p, const char *value)
{
	const char *text = "";

	if (value[strspn(value, " \t")] == '"')
		return value;
	for (size_t length; *value; value += length) {
		size_t blanks = strspn(value, " \t");
		const char *word = value + blanks;

		length = strcspn(word, " \t");
		const char *defined = defines_get(p->defines, arena_strndup(p->arena, word, length));
		text = arena_printf(p->arena, "%s%.*s%s", text, (int)blanks, value,
		                    defined ? defined : arena_strndup(p->arena, word, length));
		length += blanks;
	}
	return text;
}

/* NAME = VALUE */
static void define_sysctl(struct parsing *p, struct directive_node *directive)
{
	const char *text = directive->text.text, *equals = strchr(text, '=');

	if (equals)
		directive->text.text = arena_printf(p->arena, "%.*s%s", (int)(equals + 1 - text), text,
		                                    replace_words(p, equals + 1));
}

static void add_directive(struct parsing *p, struct directive_node *directive)
{
	if (directive_find(directive->name.text)->kind == DIRECTIVE_SYSCTL)
		define_sysctl(p, directive);
	if (directive_find(directive->name.text)->kind == DIRECTIVE_INCLUDE) {
		add_include(p, directive);
		return;
	}
	*p->next_directive = directive;
	p->next_directive = &directive->next;
}

static void yyerror(const struct range *where, struct parsing *p, void *scanner,
                    const char *message)
{
	/* Errors of syntax come to yyreport_syntax_error(); what remains is a stack that is full. */
	(void)scanner, (void)message;
	diag_error(p->diag, *where, "this is nested too deeply");
}

/* What stands at a place, as it was written, for "unexpected ...". */
static void print_written(struct parsing *p, struct range where, char *out, size_t size)
{
	uint32_t from = where.begin - p->text->base;
	int length = (int)(where.end - where.begin);

	if (from >= p->text->length || length <= 0)
		snprintf(out, size, "the end of the text");
	else if (length > 40)
		snprintf(out, size, "'%.37s...'", p->text->text + from);
	else
		snprintf(out, size, "'%.*s'", length, p->text->text + from);
}

/* An event that begins where another one should go on: then that one is what lacks something. */
static bool after_line(struct parsing *p, struct range *where)
{
	const char *text = p->text->text;
	uint32_t at = where->begin - p->text->base;

	if (at >= p->text->length ? !at : !at || text[at - 1] != '\n')
		return false;
	while (at && isspace((unsigned char)text[at - 1]))
		at--;
	where->begin = where->end = p->text->base + at;
	return true;
}

static bool first_on_line(const struct parsing *p, struct range where)
{
	const char *text = p->text->text;
	uint32_t at = where.begin - p->text->base;

	while (at && (text[at - 1] == ' ' || text[at - 1] == '\t'))
		at--;
	return !at || text[at - 1] == '\n';
}

/* "number, word or '('" */
static void list_tokens(const yysymbol_kind_t *tokens, int count, char *out, size_t size)
{
	const char *names[EXPECTED_MAX];
	int n = 0;
	bool word = false;

	for (int i = 0; i < count; i++)
		word |= tokens[i] == YYSYMBOL_WORD;
	/* A word is NAMED when a number follows; protocols are words, too. */
	for (int i = 0; i < count; i++)
		if (tokens[i] != YYSYMBOL_NAMED && (tokens[i] != YYSYMBOL_PROTOCOL || !word))
			names[n++] = yysymbol_name(tokens[i]);
	*out = '\0';
	for (int i = 0; i < n; i++) {
		size_t used = strlen(out);

		snprintf(out + used, size - used, "%s%s", i == 0 ? "" : i == n - 1 ? " or " : ", ", names[i]);
	}
}

static int yyreport_syntax_error(const yypcontext_t *context, struct parsing *p, void *scanner)
{
	(void)scanner;
	yysymbol_kind_t expected[YYNTOKENS];
	char written[64], list[256] = "";
	struct range where = *yypcontext_location(context);
	int count = yypcontext_expected_tokens(context, expected, YYNTOKENS);
	bool complete = false;          /* what came before: then this begins something */
	for (int i = 0; i < count; i++)
		complete |= expected[i] == YYSYMBOL_DIRECTIVE;
	p->within_event = !complete;
	if (!complete && after_line(p, &where))
		snprintf(written, sizeof(written), "the end of the line");
	else
		print_written(p, where, written, sizeof(written));
	if (count <= EXPECTED_MAX)
		list_tokens(expected, count, list, sizeof(list));
	diag_error(p->diag, where, "syntax error at %s%s%s", written, *list ? ": expected " : "", list);
	if (complete)
		diag_hint(p->diag, first_on_line(p, where) ? "an event begins with its time, like +0"
		          : "what stands before it is complete");
	return 0;
}

static bool parse_text(struct parsing *p, const struct source_text *text,
                       const struct case_table *table)
{
	p->text = text;
	void *scanner = scanner_open(p->arena, text, table, p->defines, p->diag);
	if (!scanner) {
		diag_error(p->diag, (struct range){ 0, 0 }, "%s: out of memory", text->path);
		return false;
	}
	yyparse(p, scanner);
	scanner_close(scanner);
	return true;
}

bool parse_script_for(const struct event_taker *taker, struct arena *arena, struct sources *sources,
                      const struct source_text *text, const struct case_table *table,
                      struct defines *defines, struct diag *diag, struct script **script)
{
	unsigned errors = diag_error_count(diag), texts = 0;
	struct node_memory memory = { .taker = taker };
	struct parsing parsing = {
		.arena = arena, .memory = &memory, .sources = sources, .defines = defines, .diag = diag,
		.texts = &texts,
	};

	*script = parsing.script = arena_alloc(arena, sizeof **script);
	parsing.script->path = text->path;
	parsing.next_event = &parsing.script->events;
	parsing.next_option = &parsing.script->options;
	parsing.next_directive = &parsing.script->directives;
	parse_text(&parsing, text, table);
	arena_free(memory.arenas[0]);
	arena_free(memory.arenas[1]);
	return diag_error_count(diag) == errors;
}

bool parse_script(struct arena *arena, struct sources *sources, const struct source_text *text,
                  struct defines *defines, struct diag *diag, struct script **script)
{
	return parse_script_for(NULL, arena, sources, text, NULL, defines, diag, script);
}
