using System.Buffers;
using System.Buffers.Binary;
using System.Data.Common;
using System.Globalization;
using System.Text;
using MyChat.Storage.Schema;

namespace MyChat.Storage.Transfer;

/// <summary>
/// Rows as bytes, the same for every kind of database: each value is a mark for its kind and then itself. Two databases hold the same table
/// when these bytes are the same.
/// </summary>
internal static class RowCodec
{
    private const byte Null = 0;
    private const byte Integer = 1;
    private const byte False = 2;
    private const byte True = 3;
    private const byte Text = 4;
    private const byte Bytes = 5;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>A value as a connection gives it, in the one form for its kind: long, bool, string, bytes or null.</summary>
    public static object? Read(DbDataReader reader, int place, ValueKind kind)
    {
        var value = reader.GetValue(place);
        return (kind, value) switch
        {
            (_, DBNull) => null,
            (ValueKind.Integer, _) => Convert.ToInt64(value, CultureInfo.InvariantCulture),
            (ValueKind.Boolean, _) => Convert.ToBoolean(value, CultureInfo.InvariantCulture),
            (ValueKind.Text, byte[] bytes) => Utf8.GetString(bytes), // names are bytes in MySQL
            (ValueKind.Text, _) => (string)value,
            _ => (byte[])value,
        };
    }

    public static void Write(IBufferWriter<byte> output, object?[] row)
    {
        foreach (var value in row)
        {
            switch (value)
            {
                case null:
                    Write(output, Null);
                    break;
                case long number:
                    Write(output, Integer);
                    BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(sizeof(long)), number);
                    output.Advance(sizeof(long));
                    break;
                case bool flag:
                    Write(output, flag ? True : False);
                    break;
                case string text:
                    WriteLong(output, Text, Utf8.GetBytes(text));
                    break;
                case byte[] bytes:
                    WriteLong(output, Bytes, bytes);
                    break;
            }
        }
    }

    /// <summary>Reads the next row off the front of <paramref name="input"/>.</summary>
    /// <exception cref="FormatException">This is not a row of these columns.</exception>
    public static object?[] Read(ref ReadOnlySpan<byte> input, IReadOnlyList<StoredColumn> columns)
    {
        var row = new object?[columns.Count];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = (Take(ref input, 1)[0], columns[i].Kind) switch
            {
                (Null, _) => null,
                (Integer, ValueKind.Integer) => BinaryPrimitives.ReadInt64LittleEndian(Take(ref input, sizeof(long))),
                (False, ValueKind.Boolean) => false,
                (True, ValueKind.Boolean) => true,
                (Text, ValueKind.Text) => ReadText(TakeLong(ref input)),
                (Bytes, ValueKind.Bytes) => TakeLong(ref input).ToArray(),
                var (mark, kind) => throw new FormatException($"{columns[i].Name}: mark {mark} where {kind} is expected."),
            };
        }
        return row;
    }

    private static void Write(IBufferWriter<byte> output, byte mark)
    {
        output.GetSpan(1)[0] = mark;
        output.Advance(1);
    }

    private static void WriteLong(IBufferWriter<byte> output, byte mark, ReadOnlySpan<byte> bytes)
    {
        Write(output, mark);
        BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(sizeof(int)), bytes.Length);
        output.Advance(sizeof(int));
        output.Write(bytes);
    }

    private static string ReadText(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException wrong)
        {
            throw new FormatException("A text is not UTF-8.", wrong);
        }
    }

    private static ReadOnlySpan<byte> TakeLong(ref ReadOnlySpan<byte> input) =>
        Take(ref input, BinaryPrimitives.ReadInt32LittleEndian(Take(ref input, sizeof(int))));

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> input, int count)
    {
        if (count < 0 || count > input.Length)
        {
            throw new FormatException("A row ends too early.");
        }
        var taken = input[..count];
        input = input[count..];
        return taken;
    }
}
