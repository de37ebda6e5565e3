using System.Text.Json;
using System.Text.Json.Serialization;
using MyChat.Storage.Schema;

namespace MyChat.Storage.Backups;

/// <summary>
/// A backup is one file: a preamble, then frames. A frame is its kind (one byte), the length of its content (four bytes, little-endian), the
/// content, and a seal: the first 16 bytes of SHA-256 over the seal before it, kind, length and content. So no frame can change, move,
/// repeat or lack unnoticed. First comes a header, then files of the data directory, then the rows table by table, then an end with counts
/// and sums; nothing follows it.
/// </summary>
internal static class BackupFormat
{
    public const int Version = 1;
    public const int SealBytes = 16;

    /// <summary>No frame's content is longer, as it stands or unpacked.</summary>
    public const int LongestContent = 1 << 30;

    /// <summary>About how many bytes of rows make a frame.</summary>
    public const int Chunk = 80_000;

    public const byte Header = (byte)'H';
    public const byte File = (byte)'F';
    public const byte Rows = (byte)'T';
    public const byte End = (byte)'E';

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>How every backup begins, so that a person or <c>file</c> sees what it is.</summary>
    public static ReadOnlySpan<byte> Preamble => "MYCHAT-BACKUP 1\n"u8;
}

/// <summary>What a backup says about itself.</summary>
/// <param name="Product">The program that wrote it, with its version.</param>
/// <param name="Schema">The version of the schema that the rows are of.</param>
/// <param name="Created">When.</param>
/// <param name="Domain">Of which server.</param>
/// <param name="Database">Of which database, in words.</param>
/// <param name="Tables">What follows, in this order.</param>
internal sealed record BackupHeader(
    string Product, long Schema, DateTimeOffset Created, string Domain, string Database, IReadOnlyList<BackupTable> Tables);

/// <param name="Rows">How many rows follow; for who watches.</param>
/// <param name="Counter">The highest number that the identity column has given.</param>
internal sealed record BackupTable(
    string Name, IReadOnlyList<StoredColumn> Columns, IReadOnlyList<string> Key, string? Identity, long Rows, long Counter)
{
    public StoredTable ToTable() => new(Name, Columns, Key, Identity);
}

internal sealed record BackupEnd(int Files, IReadOnlyList<BackupSum> Tables);

internal sealed record BackupSum(long Rows, string Sum);
