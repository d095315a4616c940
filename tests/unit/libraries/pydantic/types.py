from pydantic import *
from typing import *
from decimal import Decimal
import datetime, uuid, enum, pathlib
N = [0]
def t(T, *vals, **kw):
    N[0] += 1; n = N[0]
    for v in vals:
        try: print(n, repr(v), '->', repr(TypeAdapter(T).validate_python(v, **kw)))
        except ValidationError as e: print(n, repr(v), '->', [{k:w for k,w in x.items() if k!='url'} for x in e.errors()])
        except Exception as e: print(n, repr(v), 'EXC', type(e), e)
t(Annotated[float, Field(gt=0)], -1, 'x', True, None)
t(Annotated[float, Field(gt=0.5, multiple_of=0.1)], 0.25, 0.55)
t(Annotated[Decimal, Field(gt=0, max_digits=3, decimal_places=1)], -1, '1.25','1234', 'x', 1.5, True, None,[])
t(Annotated[int, Field(multiple_of=5)], 3, '3', ' 3 ', '1.0','1.5', 1.5, b'3', '1_000', '+3', '03','')
t(Optional[Annotated[int, Field(gt=5)]], 3, None)
t(Annotated[Optional[int], Field(gt=5)], 3, None)
t(Annotated[Union[int,str], Field(min_length=5)], 3, 'a')
t(Annotated[list[int], Field(min_length=2,max_length=3)], [], [1,2,3,4], (1,2), 'ab', {'a':1})
t(set[int], [1,2,2], (1,), {1:2}, 'a')
t(tuple[int,str], [1,'a'], [1], [1,'a',2], 'x')
t(tuple[int,...], [1,'a'], 5)
t(dict[str,int], {'a':'x', 1:2}, [])
t(Literal['a',1], 'b', 1, True)
class C(enum.Enum): A='a'; B='b'
class S(str, enum.Enum): A='a'; B='b'
class I(enum.IntEnum): A=1
t(C, 'a','x', C.A); t(S,'a','x'); t(I,1,'1',5)
t(uuid.UUID, '12345678-1234-5678-1234-567812345678', 5, '12345678123456781234567812345678', '{12345678-1234-5678-1234-567812345678}')
t(UUID4, '12345678-1234-5678-1234-567812345678')
t(pathlib.Path, 'a/b', 5)
t(FilePath, '/nope'); t(DirectoryPath, '/nope')
t(SecretStr, 'a', 5); t(SecretBytes,'a')
t(Json[int], '5','x', 5, '"a"'); t(Json,'5')
t(ByteSize, '10MB', '1kib', 5, 'x')
t(bool, 'yes','x', 2, 1.0, None, 'T', b'yes')
t(str, 5, b'a', None, S.A)
t(bytes,'a',5)
t(Annotated[str, Field(pattern='^a+$')], 'b')
t(Annotated[str, StringConstraints(strip_whitespace=True,to_upper=True,min_length=1,max_length=1)], ' a ','  ', 'ab')
t(Callable, 5, print)
t(type[int], 5, str, bool)
t(Iterable[int], 5)
t(None, 5)
t(int, float('nan'), 1e30)
t(float, 'nan', '1e5', 'inf')
t(AnyUrl, 'x', 5, 'https://a.example','mailto:a@b.example', 'https://', 'https://a b', 'http://1.2.3.4.5', 'https://ex.example:99999','http://[::1]:80/a b?c=d e#f')
t(HttpUrl, 'ftp://x.example'); t(PostgresDsn, 'postgres://u:p@h:5432/db', 'postgres:///db', 'mysql://h/db'); t(RedisDsn, 'redis://'); 
t(Base64Str, 'aGk='); t(Base64Bytes,'aGk=')
t(StrictInt, '5', True); t(StrictStr, 5); t(StrictBool,1)
t(conlist(int,min_length=1), [])
t(PastDate, '2999-01-01'); t(FutureDate,'2000-01-01'); t(AwareDatetime,'2000-01-01T00:00:00'); t(NaiveDatetime,'2000-01-01T00:00:00Z')
t(Union[int,str], '5', 5, 5.0, [] , True); t(Union[str,int], 5); t(Union[int,float],'5.0', '5'); t(Union[list[int],dict[str,int]], 'x')
t(Annotated[bytes, Field(min_length=3)], b'a')
t(Union[datetime.date,datetime.datetime], '2020-01-01','2020-01-01T10:00:00')
t(frozenset[int], 'x')
t(Sequence[int], 'ab', [1,'2'], (1,), {1}); t(Mapping[str,int], {'a':1}, 5)
