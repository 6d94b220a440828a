## several errors of syntax in one script, in their order
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 bind(3, ..., ... = 0
+0 listen(3, 1) == 0
+ close(3) = 0
+0 < S 0:0 win 5
+0 close(3)) = 0
#=
script.pkt:2:21: error: syntax error at '=': expected ')'
    +0 bind(3, ..., ... = 0
                        ^
script.pkt:3:18: error: syntax error at '=': expected word, number, number with a fraction or ...
    +0 listen(3, 1) == 0
                     ^
  hint: a result is written with one sign: close(4) = 0
script.pkt:4:3: error: syntax error at 'close': expected number or number with a fraction
    + close(3) = 0
      ^~~~~
script.pkt:5:12: error: syntax error at 'win': expected '('
    +0 < S 0:0 win 5
               ^~~
  hint: the length of a segment stands behind its numbers: 1:1(0)
script.pkt:6:12: error: syntax error at ')'
    +0 close(3)) = 0
               ^
  hint: what stands before this is complete

## the end of a line is meant, not the next one
+0 close(3
+0 close(4) = 0
#=
script.pkt:1:11: error: syntax error at the end of the line: expected ')'
    +0 close(3
              ^

## the end of the text
+0 close(3) =
#=
script.pkt:1:14: error: syntax error at the end of the line: expected word, number, number with a fraction or ...
    +0 close(3) =
                 ^

## signs, bytes and words that mean nothing
+0 a(@)
+0 b(é)
+0 c() ; 
+0 "
+0 d("text)
+0 `ls
#=
script.pkt:1:6: error: '@' has no meaning here
    +0 a(@)
         ^
script.pkt:2:6: error: the character U+00E9 has no meaning here
    +0 b(é)
         ^
script.pkt:3:8: error: ';' has no meaning here
    +0 c() ; 
           ^
  hint: an event needs no sign at its end
script.pkt:4:4: error: this string is not closed
    +0 "
       ^
script.pkt:5:6: error: this string is not closed
    +0 d("text)
         ^
script.pkt:6:4: error: this command is not closed with a back-quote
    +0 `ls
       ^

## a comment that is not closed
+0 a()
/* and so
+0 b()
#=
script.pkt:2:1: error: this comment is not closed
    /* and so
    ^~

## a code block that is not closed
+0 a()
+0 %{ x = 1
+0 b()
#=
script.pkt:2:4: error: this code block is not closed with }%
    +0 %{ x = 1
       ^~

## #ifdef and #endif that do not fit
#endif
+0 a()
#ifdef A
#endif
#ifdef B
+0 b()
#=
script.pkt:1:1: error: there is no #ifdef before this
    #endif
    ^~~~~~
script.pkt:5:1: error: this #ifdef has no #endif
    #ifdef B
    ^~~~~~

## this #ifdef is within another #ifdef
#$ -D A=1
#ifdef A
#ifdef A
+0 a()
#endif
#=
script.pkt:2:1: error: this #ifdef is within another #ifdef
    #ifdef A
    ^~~~~~~~

## numbers and times beyond all bounds
#$ -c
+0 a(9223372036854775808)
+0 b(-9223372036854775808)
+0 c(0x1ffffffffffffffff)
+99999999999999999999 d()
+3000000000 e()
+99999999999999999999.5 f()
-1 g()
+-1 h()
#=
script.pkt:1:4: error: unknown system call 'a'
    +0 a(9223372036854775808)
       ^
script.pkt:1:6: error: the number 9223372036854775808 does not fit in 64 bits
    +0 a(9223372036854775808)
         ^~~~~~~~~~~~~~~~~~~
script.pkt:2:4: error: unknown system call 'b'
    +0 b(-9223372036854775808)
       ^
script.pkt:3:4: error: unknown system call 'c'
    +0 c(0x1ffffffffffffffff)
       ^
script.pkt:3:6: error: the number 0x1ffffffffffffffff does not fit in 64 bits
    +0 c(0x1ffffffffffffffff)
         ^~~~~~~~~~~~~~~~~~~
script.pkt:4:2: error: the number 99999999999999999999 does not fit in 64 bits
    +99999999999999999999 d()
     ^~~~~~~~~~~~~~~~~~~~
script.pkt:4:2: error: the time 99999999999999999999 s is too long
    +99999999999999999999 d()
     ^~~~~~~~~~~~~~~~~~~~
script.pkt:4:23: error: unknown system call 'd'
    +99999999999999999999 d()
                          ^
script.pkt:5:2: error: the time 3000000000 s is too long
    +3000000000 e()
     ^~~~~~~~~~
script.pkt:5:13: error: unknown system call 'e'
    +3000000000 e()
                ^
script.pkt:6:2: error: the time 99999999999999999999.5 s is too long
    +99999999999999999999.5 f()
     ^~~~~~~~~~~~~~~~~~~~~~
script.pkt:6:25: error: unknown system call 'f'
    +99999999999999999999.5 f()
                            ^
script.pkt:7:1: error: a time cannot be negative
    -1 g()
    ^~
script.pkt:7:4: error: unknown system call 'g'
    -1 g()
       ^
script.pkt:8:2: error: a time cannot be negative
    +-1 h()
     ^~
script.pkt:8:5: error: unknown system call 'h'
    +-1 h()
        ^

## options behind the first event
+0 a()
--mtu=1280
+0 b()
#=
script.pkt:2:1: error: options come before the first event
    --mtu=1280
    ^~~~~

## commands without a time
`one`
`two`
+0 a()
`three`
+0 b()
`four`
`five`
#=
script.pkt:2:1: error: there is already an init command without a time
    `two`
    ^~~~~
script.pkt:4:1: error: a command without a time is only allowed before the first event or after the last
    `three`
    ^~~~~~~
  hint: write +0 before it to run it here
script.pkt:7:1: error: there is already a cleanup command without a time
    `five`
    ^~~~~~

## include: no quotes, no file, a folder, itself, by itself and by another
include file
include ""
include "none.inc"
include "/"
include "/dev/zero"
include "script.pkt"
include "a.inc"
#> a.inc
+0 a()
include "b.inc"
#> b.inc
include "a.inc"
+0 b() = )
#=
script.pkt:1:9: error: include wants a file name in double quotes, or between < and >
    include file
            ^~~~
script.pkt:2:9: error: include wants a file name in double quotes, or between < and >
    include ""
            ^~
script.pkt:3:9: error: cannot read none.inc: No such file or directory
    include "none.inc"
            ^~~~~~~~~~
script.pkt:4:9: error: cannot read /: it is no regular file
    include "/"
            ^~~
script.pkt:5:9: error: cannot read /dev/zero: it is no regular file
    include "/dev/zero"
            ^~~~~~~~~~~
script.pkt:6:9: error: script.pkt includes itself
    include "script.pkt"
            ^~~~~~~~~~~~
b.inc:1:9: error: a.inc includes itself
    include "a.inc"
            ^~~~~~~
b.inc:2:10: error: syntax error at ')': expected word, number, number with a fraction or ...
    +0 b() = )
             ^

## a file to be included with a table of cases
include "a.inc"
+0 a()
#> a.inc
cases name value
      x    1
+0 b(value)
#=
script.pkt:1:9: error: a.inc has a table of cases, which only the script itself may have
    include "a.inc"
            ^~~~~~~

## texts within texts, for ever
--define=X="X"
+0 X
#=
script.pkt:2:4: error: texts are nested too deeply
    +0 X
       ^

## the words of an action that is written in a string
--define=X="close(3 = 0"
+0 X
+0 "> . 1:1(0) ack"
+0 ")"
#=
script.pkt:2:4: error: syntax error at '=': expected ')'
    +0 close(3 = 0
               ^
script.pkt:3:4: error: syntax error at the end of the line: expected number or '*'
    +0 > . 1:1(0) ack
                     ^
script.pkt:4:4: error: syntax error at ')'
    +0 )
       ^

## more than one action in a string
+0 "close(3) = 0 +0 close(4) = 0"
#=
+0 call close(3) = 0
+0 call close(4) = 0

## a table of cases without rows
cases name value
+0 a()
#=
script.pkt:1:7: error: the table of cases has no rows
    cases name value
          ^~~~~~~~~~
  hint: a row is indented, and begins with a letter or with '"'

## a table of cases without columns
cases
      a
+0 a()
#=
script.pkt:1:6: error: a table of cases has 1 to 16 columns
    cases
         ^

## a table of cases with a row that is too long, one that is too short, and one twice
cases name value
      a    1  2
      b
      c    1
      c    2
+0 a()
#=
script.pkt:2:7: error: this case has 3 cells, the table has 2 columns
          a    1  2
          ^~~~~~~~~
script.pkt:3:7: error: this case has 1 cell, the table has 2 columns
          b
          ^
script.pkt:5:7: error: two cases are called 'c'
          c    2
          ^~~~~~

## a table of cases with too many columns
cases a b c d e f g h i j k l m n o p q
      x y
+0 a()
#=
script.pkt:1:7: error: a table of cases has 1 to 16 columns
    cases a b c d e f g h i j k l m n o p q
          ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~

## columns that have the name of a word of the language
cases state read mss ECONNRESET P maybe flags ttl redirect timewait on linger
      a     b    c   d          e f     g     h   i        j        k  l
+0 a()
#=
script.pkt:1:7: error: a column cannot be called 'state', which is a word of the language
    cases state read mss ECONNRESET P maybe flags ttl redirect timewait on linger
          ^~~~~
  hint: the cell's value would replace this word everywhere; call the column the_state, say
script.pkt:1:13: error: a column cannot be called 'read', which is a word of the language
    cases state read mss ECONNRESET P maybe flags ttl redirect timewait on linger
                ^~~~
  hint: the cell's value would replace this word everywhere; call the column the_read, say
script.pkt:1:18: error: a column cannot be called 'mss', which is a word of the language
    cases state read mss ECONNRESET P maybe flags ttl redirect timewait on linger
                     ^~~
  hint: the cell's value would replace this word everywhere; call the column the_mss, say
script.pkt:1:22: error: a column cannot be called 'ECONNRESET', which is a word of the language
    cases state read mss ECONNRESET P maybe flags ttl redirect timewait on linger
                         ^~~~~~~~~~
  hint: the cell's value would replace this word everywhere; call the column the_ECONNRESET, say
script.pkt:1:33: error: a column cannot be called 'P', which is a word of the language
    cases state read mss ECONNRESET P maybe flags ttl redirect timewait on linger
                                    ^
  hint: the cell's value would replace this word everywhere; call the column the_P, say
script.pkt:1:35: error: a column cannot be called 'maybe', which is a word of the language
    cases state read mss ECONNRESET P maybe flags ttl redirect timewait on linger
                                      ^~~~~
  hint: the cell's value would replace this word everywhere; call the column the_maybe, say
script.pkt:1:47: error: a column cannot be called 'ttl', which is a word of the language
    cases state read mss ECONNRESET P maybe flags ttl redirect timewait on linger
                                                  ^~~
  hint: the cell's value would replace this word everywhere; call the column the_ttl, say
script.pkt:1:51: error: a column cannot be called 'redirect', which is a word of the language
    cases state read mss ECONNRESET P maybe flags ttl redirect timewait on linger
                                                      ^~~~~~~~
  hint: the cell's value would replace this word everywhere; call the column the_redirect, say
script.pkt:1:60: error: a column cannot be called 'timewait', which is a word of the language
    cases state read mss ECONNRESET P maybe flags ttl redirect timewait on linger
                                                               ^~~~~~~~
  hint: the cell's value would replace this word everywhere; call the column the_timewait, say

## what looks like a table of cases, within something else
/*
cases state
      a
*/
`cat <<X
cases state
      b
X`
+0 a("/*") // /*
+0 %{
cases = 1
}%
#=
init `cat <<X
cases state
      b
X`
+0 call a("/*")
+0 code {
cases = 1
}

## two tables of cases, and a string that is not closed
cases name value
      x    "a

cases name value
      y    "\"
+0 a()
#=
script.pkt:2:7: error: a string in this case is not closed
          x    "a
          ^~~~~~~
script.pkt:4:7: error: there is a table of cases already
    cases name value
          ^~~~~~~~~~

## a table of cases that depends on something
#$ -DX=1
#ifdef Y
#endif
#ifdef X
cases name value
      x    1
#endif
+0 a()
#=
script.pkt:4:7: error: a table of cases cannot depend on an #ifdef
    cases name value
          ^~~~~~~~~~

## columns without a name of their own
cases a a b-c 2 "d"
      x y z   1 1
+0 a()
#=
script.pkt:1:9: error: two columns are called 'a'
    cases a a b-c 2 "d"
            ^
script.pkt:1:11: error: the name of a column has letters, digits and '_' only
    cases a a b-c 2 "d"
              ^~~
script.pkt:1:15: error: the name of a column has letters, digits and '_' only
    cases a a b-c 2 "d"
                  ^
script.pkt:1:17: error: the name of a column has letters, digits and '_' only
    cases a a b-c 2 "d"
                    ^~~

## what looks like an event, but is none, is complained of once
+0 a()
--
--=3
`ls
+0 a(
192.0.2.1 b()
3x
+0 c() = )
#=
script.pkt:2:1: error: syntax error at '-'
    --
    ^
  hint: an event begins with its time, like +0
script.pkt:3:1: error: syntax error at '-'
    --=3
    ^
  hint: an event begins with its time, like +0
script.pkt:4:1: error: this command is not closed with a back-quote
    `ls
    ^
script.pkt:6:11: error: syntax error at 'b': expected ')'
    192.0.2.1 b()
              ^
script.pkt:7:1: error: syntax error at '3x'
    3x
    ^~
  hint: an event begins with its time, like +0
script.pkt:8:10: error: syntax error at ')': expected word, number, number with a fraction or ...
    +0 c() = )
             ^

## a directive needs no time, and an event needs one
close(3) = 0
+0 tag x
#=
script.pkt:1:1: error: syntax error at 'close'
    close(3) = 0
    ^~~~~
  hint: an event begins with its time, like +0
script.pkt:2:8: error: syntax error at 'x'
    +0 tag x
           ^
  hint: what stands before this is complete

## a modifier without a packet
+0 maybe close(3) = 0
+0 > or > . 1:1(0)
+0 > . 1:1(0) or
+0 close(3) = 0
#=
script.pkt:1:10: error: syntax error at 'close'
    +0 maybe close(3) = 0
             ^~~~~
  hint: what stands before this is complete
script.pkt:2:6: error: syntax error at 'or': expected word, number with a fraction, '.' or '-'
    +0 > or > . 1:1(0)
         ^~
script.pkt:3:17: error: syntax error at the end of the line: expected '<' or '>'
    +0 > . 1:1(0) or
                    ^

## a NUL cannot come from a string into a word
+0 run("a\0b") = x
#=
+0 call run("a\x00b") = x

## a comment within a call that is not closed
+0 a(1, /* and so
+0 b()
#=
script.pkt:1:9: error: this comment is not closed
    +0 a(1, /* and so
            ^~

## an unclosed code block ends the text
+0 %{
1
#=
script.pkt:1:4: error: this code block is not closed with }%
    +0 %{
       ^~

## no options is no <>
+0 > . 1:1(0) <>
#=
script.pkt:1:16: error: syntax error at '>': expected word, number or ...
    +0 > . 1:1(0) <>
                   ^

## letters behind the full stop
+0 > P.F 1:1(0)
#=
+0 expect tcp flags P.F seq 1:1 length 0

## a string in a define that goes wrong tells the place that names it
--define=X="> . 1:1(0) ack 1 <mss>"
#$ -c
+0 X
#=
script.pkt:2:4: error: mss needs a number
    +0 > . 1:1(0) ack 1 <mss>
                         ^~~

## words behind the end of an event
#$ -c
+0 close(-1) = -1 EBADF Bad
+0 < S 0:0(0) win 1 <mss 1460> ack 5
+0 state = TIME_WAIT timer none
+0 close(-1) -1
+0 link down
#=
script.pkt:1:25: error: syntax error at 'Bad'
    +0 close(-1) = -1 EBADF Bad
                            ^~~
  hint: what stands before this is complete
script.pkt:2:32: error: syntax error at 'ack'
    +0 < S 0:0(0) win 1 <mss 1460> ack 5
                                   ^~~
  hint: what stands before this is complete
script.pkt:3:22: error: syntax error at 'timer'
    +0 state = TIME_WAIT timer none
                         ^~~~~
  hint: what stands before this is complete
script.pkt:4:4: error: the result of close is missing
    +0 close(-1) -1
       ^~~~~
  hint: write = N behind the call, or = ... when the result does not matter
script.pkt:4:16: error: syntax error at the end of the line
    +0 close(-1) -1
                   ^
script.pkt:5:4: error: this is written link = up, or link = down
    +0 link down
       ^~~~
script.pkt:5:9: error: syntax error at 'down'
    +0 link down
            ^~~~
  hint: what stands before this is complete

## what looks like a time
+0close(-1) = -1
+0.1.2 close(-1) = -1
+1e3 close(-1) = -1
#=
script.pkt:1:2: error: syntax error at '0close': expected number or number with a fraction
    +0close(-1) = -1
     ^~~~~~
script.pkt:2:5: error: syntax error at '.2'
    +0.1.2 close(-1) = -1
        ^~
script.pkt:3:2: error: syntax error at '1e3': expected number or number with a fraction
    +1e3 close(-1) = -1
     ^~~

## what looks like a directive
Sysctl net.ipv4.tcp_sack = 1
#=
script.pkt:1:1: error: syntax error at 'Sysctl'
    Sysctl net.ipv4.tcp_sack = 1
    ^~~~~~
  hint: an event begins with its time, like +0

## segments that lack something
+0 > . 1:1(0) win
+0 > 1:1(0)
+0 > .1:1(0)
+0 > . 1:1
+0 > S. 0:0(0) ack 1 <mss 1460
+0 < (tos 3
#=
script.pkt:1:18: error: syntax error at the end of the line: expected number or '*'
    +0 > . 1:1(0) win
                     ^
script.pkt:2:7: error: syntax error at ':': expected '>'
    +0 > 1:1(0)
          ^
script.pkt:3:8: error: syntax error at ':': expected number, ... or '*'
    +0 > .1:1(0)
           ^
script.pkt:4:11: error: syntax error at the end of the line: expected '('
    +0 > . 1:1
              ^
  hint: the length of a segment stands behind its numbers: 1:1(0)
script.pkt:5:31: error: syntax error at the end of the line: expected '>' or ','
    +0 > S. 0:0(0) ack 1 <mss 1460
                                  ^
script.pkt:6:12: error: syntax error at the end of the line: expected ',' or ')'
    +0 < (tos 3
               ^

## an #ifdef of nothing
#ifdef
+0 a()
#endif
#=
script.pkt:1:1: error: '#' has no meaning here
    #ifdef
    ^
  hint: a comment begins with //
script.pkt:3:1: error: there is no #ifdef before this
    #endif
    ^~~~~~

## words in the value of a sysctl
#$ -r 1 -DMOST=100
cases  name   times  range
       one    3      "1 2"
       two    4      "3 4"
sysctl net.ipv4.tcp_fin_timeout = times
sysctl net.ipv4.ip_local_port_range =   range
sysctl net.ipv4.tcp_rmem = times MOST 200
sysctl net.ipv4.x = "times"
sysctl net.ipv4.times = none times // times
+0 a()
#=
sysctl net.ipv4.tcp_fin_timeout = 4
sysctl net.ipv4.ip_local_port_range =   "3 4"
sysctl net.ipv4.tcp_rmem = 4 100 200
sysctl net.ipv4.x = "times"
sysctl net.ipv4.times = none 4
+0 call a()
